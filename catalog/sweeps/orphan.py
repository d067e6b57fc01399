"""Apps whose owner has gone pass to the second owner, then to the owner's manager, then to the C4E, spread over its staff.

A service identity is fine while the person behind it is here. A second owner who has gone is replaced the same way."""

from catalog.models.sweep_run import SweepKind
from catalog.rules import RuleBook
from catalog.states import LIVE_STATES
from catalog.sweeps import writing
from catalog.sweeps.base import Batch, Moment, Select, Sweep, scope
from catalog.sweeps.writing import OWNER
from portal.models.user import Role

# `can` are people who can take an app on; `holds` are those who may keep one: here until their last working day.
FIND = """
WITH scope AS ({scope}),
can AS (SELECT id FROM portal_user WHERE is_active AND NOT is_service AND leaves_on IS NULL),
here AS (
    SELECT u.id FROM portal_user u LEFT JOIN portal_user s ON s.id = u.steward_id
    WHERE u.is_active AND (u.leaves_on IS NULL OR u.leaves_on >= %(today)s::date - 1)
      AND (NOT u.is_service OR (s.is_active AND (s.leaves_on IS NULL OR s.leaves_on >= %(today)s::date - 1)))
), c4e AS (
    SELECT array_agg(DISTINCT can.id ORDER BY can.id) AS ids FROM can
    JOIN portal_user_groups ug ON ug.user_id = can.id JOIN auth_group g ON g.id = ug.group_id AND g.name = %(staff)s
), gone AS (
    SELECT s.*, o.is_service, o.name AS owner_name, t.name AS second_name,
        coalesce(o.manager_id, (SELECT manager_id FROM portal_user WHERE id = o.steward_id)) AS manager_id,
        s.owner_id IN (SELECT id FROM here) AS owner_here, s.second_owner_id IN (SELECT id FROM here) AS second_here
    FROM scope s JOIN portal_user o ON o.id = s.owner_id JOIN portal_user t ON t.id = s.second_owner_id
    WHERE s.owner_id NOT IN (SELECT id FROM here) OR s.second_owner_id NOT IN (SELECT id FROM here)
), heirs AS (
    SELECT g.*, CASE WHEN owner_here THEN owner_id
        WHEN second_owner_id IN (SELECT id FROM can) THEN second_owner_id
        WHEN manager_id IN (SELECT id FROM can) THEN manager_id
        ELSE (SELECT ids[1 + g.id %% cardinality(ids)] FROM c4e) END AS heir
    FROM gone g
), seconds AS (
    SELECT h.*, CASE WHEN second_here AND second_owner_id IS DISTINCT FROM heir THEN second_owner_id
        WHEN manager_id IN (SELECT id FROM can) AND manager_id IS DISTINCT FROM heir THEN manager_id
        ELSE (SELECT other FROM c4e, unnest(ids) WITH ORDINALITY AS staff(other, place)
              WHERE other IS DISTINCT FROM heir ORDER BY (place + h.id) %% cardinality(ids), place LIMIT 1) END AS second
    FROM heirs h
)
SELECT s.id AS app_id, CASE WHEN owner_here THEN 'second' ELSE 'owner' END AS action,
    jsonb_build_object('owner', owner_id, 'owner_name', owner_name, 'heir', heir, 'heir_name', heir_user.name,
        'second', second_owner_id, 'second_name', second_name, 'new_second', second, 'new_second_name', second_user.name,
        'by_way', CASE WHEN heir = s.second_owner_id THEN 'second_owner' WHEN heir = s.manager_id THEN 'manager' ELSE 'c4e' END
    ) AS facts, CASE WHEN heir IS NULL OR second IS NULL THEN 'nobody' ELSE '' END AS note
FROM seconds s LEFT JOIN portal_user heir_user ON heir_user.id = heir
LEFT JOIN portal_user second_user ON second_user.id = second
"""
APPLY = """
UPDATE catalog_microapp a SET owner_id = (i.facts->>'heir')::bigint, second_owner_id = (i.facts->>'new_second')::bigint,
    updated_at = %(now)s
FROM catalog_sweepitem i WHERE i.id = ANY(%(items)s) AND a.id = i.app_id
"""
CHANGES = """
CASE WHEN i.facts->'owner' = i.facts->'heir' THEN '{}'::jsonb
    ELSE jsonb_build_object('owner', jsonb_build_array(i.facts->'owner_name', i.facts->'heir_name')) END
|| CASE WHEN i.facts->'second' = i.facts->'new_second' THEN '{}'::jsonb
    ELSE jsonb_build_object('second_owner', jsonb_build_array(i.facts->'second_name', i.facts->'new_second_name')) END
"""
BACK = """
jsonb_build_object('owner', jsonb_build_array(i.facts->'heir_name', i.facts->'owner_name'),
    'second_owner', jsonb_build_array(i.facts->'new_second_name', i.facts->'second_name'))
"""
AS_LEFT = """
a.owner_id = (i.facts->>'heir')::bigint AND a.second_owner_id = (i.facts->>'new_second')::bigint
"""


def find(book: RuleBook, moment: Moment, app_ids: list[int] | None) -> Select:
    apps = scope(book, moment, states=LIVE_STATES, app_ids=app_ids)
    return Select(FIND.format(scope=apps.sql), apps.params | {"staff": Role.STAFF.value})


def apply(batch: Batch) -> None:
    batch.execute(APPLY)
    writing.record(batch, "catalog.app_orphan_moved", changes=CHANGES)
    tell = {"key": "'ownership_moved:' || a.id || ':' || i.run_id", "params": "jsonb_build_object('gone', {gone})"}
    for action, person, gone in (("owner", OWNER, "owner_name"), ("second", writing.SECOND, "second_name")):
        params = tell["params"].format(gone=f"i.facts->'{gone}'")
        notice = "ownership_moved" if action == "owner" else "second_ownership_moved"
        items = batch.with_action(action)
        writing.notify(batch, notice, key=tell["key"], params=params, people=[person], asks=False, items=items)


def undo(batch: Batch) -> list[int]:
    done = writing.put_back(batch, SWEEP.keeps, where=AS_LEFT)
    writing.take_back(batch, ["ownership_moved", "second_ownership_moved"], items=done)
    writing.record(batch, "catalog.app_orphan_back", changes=BACK, items=done)
    return done


SWEEP = Sweep(SweepKind.ORPHAN, find, apply, undo, keeps=("owner_id", "second_owner_id", "updated_at"), every=24)
