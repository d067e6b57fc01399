-- Three days of use in the last sixty for nine apps of ten.
INSERT INTO catalog_collector (signal, label, complete_from, complete_until, identifies_visitors, is_required, rows_seen)
VALUES ('web-analytics', 'Web analytics', current_date - 400, current_date - 1, false, true, 0);
INSERT INTO catalog_usageday (app_id, signal, day, users, events)
SELECT id, 'web-analytics', current_date - 1 - (id %% 20)::int - step * 20, 1 + id %% 40, 2 + id %% 90
FROM catalog_microapp, generate_series(0, 2) step WHERE id %% 10 <> 0;
