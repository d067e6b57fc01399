-- The house and its apps, from number series.
INSERT INTO portal_businessunit (name, code) SELECT 'Unit ' || n, 'unit-' || n FROM generate_series(1, %(units)s) n;
INSERT INTO portal_costcentre (code, name, business_unit_id, is_open)
SELECT (400000 + n)::text, 'Centre ' || n, u.id, true FROM generate_series(1, %(centres)s) n
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM portal_businessunit) u ON u.place = n %% %(units)s;
INSERT INTO portal_user (password, is_superuser, email, name, title, time_zone, working_days, single_key_shortcuts,
                         muted_kinds, is_service, is_staff, is_active, date_joined, business_unit_id)
SELECT '!', false, 'person' || n || '@bench.example', 'Person ' || n, '', (ARRAY['UTC','Europe/Madrid','Asia/Tokyo'])[1 + n %% 3],
       '{1,2,3,4,5}', true, '{}', false, false, true, now(), u.id
FROM generate_series(1, %(people)s) n
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM portal_businessunit) u ON u.place = n %% %(units)s;
INSERT INTO catalog_connector (name, slug, summary, system, host, status, status_reason, data_classes, team, contact, created_at, updated_at)
SELECT 'Connector ' || n, 'connector-' || n, 'Reads system ' || n, '', '', 'approved', '', '{internal}', 'Team', '', now(), now()
FROM generate_series(1, %(connectors)s) n;

WITH people AS (SELECT array_agg(id ORDER BY id) AS ids FROM portal_user WHERE email LIKE 'person%%'),
     units AS (SELECT array_agg(id ORDER BY id) AS ids FROM portal_businessunit),
     centres AS (SELECT array_agg(id ORDER BY id) AS ids FROM portal_costcentre),
     words AS (SELECT %(nouns)s::text[] AS nouns, %(kinds)s::text[] AS kinds)
INSERT INTO catalog_microapp (name, slug, purpose, justification, owner_id, second_owner_id, contact, business_unit_id, cost_centre_id,
    data_classification, audience_size, tags, sla_tier, lifespan_days, url, repository_url, state, risk, expires_on, unused_renewals,
    open_tickets, source_system, external_id, created_at, updated_at, activated_at, archived_at)
SELECT initcap(nouns[1 + n %% 15]) || ' ' || kinds[1 + (n / 15) %% 10] || ' ' || n, 'app-' || n,
    'Keeps the ' || nouns[1 + (n * 7) %% 15] || ' of team ' || n %% 977 || ' in one place.', 'Saves time in ' || nouns[1 + (n * 3) %% 15] || '.',
    people.ids[1 + n %% %(people)s], people.ids[1 + (n + 1) %% %(people)s], 'team@bench.example',
    units.ids[1 + n %% %(units)s], centres.ids[1 + n %% %(centres)s],
    (ARRAY['public','internal','confidential','personal'])[1 + n %% 4], 1 + n %% 500, '{}', 'best_effort', 90, '', '',
    CASE WHEN n %% 25 = 0 THEN 'archived' ELSE 'active' END, (ARRAY['low','low','medium','high'])[1 + n %% 4],
    current_date + (n %% 400) - 10, 0, 0, '', '',
    now() - (n %% 300) * interval '1 day', now(), now() - (n %% 300) * interval '1 day',
    CASE WHEN n %% 25 = 0 THEN now() - (n %% 100) * interval '1 day' END
FROM generate_series(1, %(apps)s) n, people, units, centres, words;

UPDATE catalog_appfigures f SET active_users = CASE WHEN n %% 9 = 0 THEN NULL ELSE n %% 60 END, last_seen_on = current_date - (n %% 90)
FROM (SELECT id, substr(slug, 5)::int AS n FROM catalog_microapp) a WHERE a.id = f.app_id;

INSERT INTO catalog_connectoruse (app_id, connector_id)
SELECT a.id, c.id FROM catalog_microapp a JOIN catalog_connector c ON (a.id + c.id) %% %(connectors)s = 0;
