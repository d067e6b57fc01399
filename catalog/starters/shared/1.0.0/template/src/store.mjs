// Records in this browser, as a list of plain objects. A browser that keeps nothing still works until it is closed.
const ofBrowser = () => {
  try {
    return globalThis.localStorage;
  } catch {
    return null; // some browsers refuse even to be asked
  }
};

export class Store {
  constructor(name, storage = ofBrowser(), first = []) {
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

const FORMULA = /^\s*[=+\-@\t\r]/;

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

/** The rows of a saved copy. Throws a sentence when the text is none, or a row does not fit this app. */
export const rowsOf = (text, fits) => {
  let rows;
  try {
    rows = JSON.parse(text);
  } catch {
    rows = null;
  }
  if (!Array.isArray(rows) || !rows.every((row) => row !== null && typeof row === "object" && fits(row)))
    throw new Error("This file is no copy of this app. Choose one that “Save a copy” made.");
  return rows;
};

/** Offer a text as a file to save. */
export const download = (name, text, type = "text/csv") => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};
