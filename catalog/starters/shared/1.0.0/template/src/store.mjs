// Records in this browser, as a list of plain objects. A browser that keeps nothing still works until it is closed.
export class Store {
  constructor(name, storage = globalThis.localStorage, first = []) {
    this.name = name;
    this.storage = storage;
    this.rows = this.read() ?? first;
  }

  read() {
    try {
      const rows = JSON.parse(this.storage.getItem(this.name));
      return Array.isArray(rows) ? rows : null;
    } catch {
      return null;
    }
  }

  /** Keep these rows. False when the browser refused, because it is full or private. */
  write(rows) {
    this.rows = rows;
    try {
      this.storage.setItem(this.name, JSON.stringify(rows));
      return true;
    } catch {
      return false;
    }
  }
}

const FORMULA = /^[=+\-@\t\r]/;

/** One cell of a CSV file that no spreadsheet takes for a formula. */
export const cell = (value) => {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows as CSV with a head line. */
export const csv = (columns, rows) =>
  [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((line) => line.map(cell).join(","))
    .join("\r\n") + "\r\n";

/** Offer a text as a file to save. */
export const download = (name, text, type = "text/csv") => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};
