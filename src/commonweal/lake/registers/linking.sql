-- name: entries
CREATE TEMP TABLE e AS
SELECT *, CASE WHEN postcode IS NOT NULL THEN split_part(postcode, ' ', 1) END AS outward,
  CASE WHEN postcode IS NOT NULL THEN left(postcode, length(postcode) - 2) END AS sector,
  count(*) OVER (PARTITION BY key) AS often
FROM given
-- name: numbers
CREATE TEMP TABLE n AS SELECT i, unnest(numbers) AS number FROM e
-- name: words
CREATE TEMP TABLE w AS
WITH each AS (SELECT i, unnest(words) AS word, world FROM e),
  seen AS (SELECT word, count(*) AS df FROM each GROUP BY word)
SELECT each.i, each.word, seen.df FROM each JOIN seen USING (word)
-- name: candidates
CREATE TEMP TABLE candidates AS
WITH
  code AS (SELECT i, postcode AS k FROM e WHERE postcode IS NOT NULL),
  named AS (SELECT i, key AS k FROM e),
  near AS (SELECT w.i, w.word || '|' || coalesce(e.outward, e.district, '') AS k FROM w JOIN e USING (i)
           WHERE df <= 2000 AND coalesce(e.outward, e.district) IS NOT NULL),
  nearby AS (SELECT w.i, w.word || '|' || e.district AS k FROM w JOIN e USING (i)
           WHERE df <= 300 AND e.district IS NOT NULL),
  rare AS (SELECT i, word AS k FROM w WHERE df <= 8),
  site AS (SELECT i, web AS k FROM e WHERE web IS NOT NULL),
  numbered AS (SELECT i, number AS k FROM n),
  every AS (
    SELECT 'place' AS rule, * FROM code UNION ALL SELECT 'name', * FROM named UNION ALL SELECT 'near', * FROM near
    UNION ALL SELECT 'nearby', * FROM nearby UNION ALL SELECT 'rare', * FROM rare UNION ALL SELECT 'site', * FROM site
    UNION ALL SELECT 'number', * FROM numbered),
  kept AS (SELECT rule, k, i FROM every QUALIFY count(*) OVER (PARTITION BY rule, k) BETWEEN 2 AND
    CASE rule WHEN 'near' THEN 40 WHEN 'nearby' THEN 40 ELSE 120 END)
SELECT x.i AS a, y.i AS b, bool_or(x.rule = 'name') AS by_name, bool_or(x.rule = 'place') AS by_place
FROM kept x JOIN kept y ON x.rule = y.rule AND x.k = y.k AND x.i < y.i
GROUP BY x.i, y.i
-- name: compared
CREATE TEMP MACRO like_name(p, q, left_p, left_q, shared) AS (
  CASE WHEN p = q THEN 4
    WHEN replace(p, ' ', '') = replace(q, ' ', '') THEN 4
    WHEN len(left_p) > 0 AND len(left_q) > 0 AND len(left_p) = len(left_q)
      AND jaro_winkler_similarity(array_to_string(left_p, ' '), array_to_string(left_q, ' ')) >= 0.86
      AND levenshtein(array_to_string(left_p, ' '), array_to_string(left_q, ' ')) <= 2 + len(left_p) THEN 3
    WHEN (len(left_p) = 0 OR len(left_q) = 0) AND len(left_p) + len(left_q) <= shared AND shared >= 2 THEN 2
    WHEN shared > 0 THEN 1
    ELSE 0 END);
CREATE TEMP MACRO like_place(p, q) AS (
  CASE WHEN p.postcode IS NULL OR q.postcode IS NULL THEN -1 WHEN p.postcode = q.postcode THEN 3
    WHEN p.sector = q.sector THEN 2 WHEN p.outward = q.outward THEN 1 ELSE 0 END);
CREATE TEMP MACRO like_district(p, q) AS (
  CASE WHEN p.postcode IS NOT NULL AND q.postcode IS NOT NULL THEN -1
    WHEN p.district IS NULL OR q.district IS NULL THEN -1 WHEN p.district = q.district THEN 1 ELSE 0 END);
CREATE TEMP MACRO like_number(p, q) AS (
  CASE WHEN len(p) = 0 OR len(q) = 0 THEN -1
    WHEN len(list_intersect(p, q)) > 0 THEN 1
    WHEN len(list_intersect(list_transform(p, lambda x: split_part(x, '|', 1)),
                            list_transform(q, lambda x: split_part(x, '|', 1)))) > 0 THEN 0
    ELSE -1 END);
CREATE TEMP MACRO like_web(p, q) AS (CASE WHEN p IS NULL OR q IS NULL THEN -1 WHEN p = q THEN 1 ELSE 0 END);
CREATE TEMP TABLE compared AS
WITH pairs AS (
  SELECT c.a, c.b, c.by_name, c.by_place, p, q,
    list_filter(p.words, lambda x: NOT list_contains(q.words, x)) AS left_p,
    list_filter(q.words, lambda x: NOT list_contains(p.words, x)) AS left_q
  FROM candidates c JOIN e p ON p.i = c.a JOIN e q ON q.i = c.b
  WHERE p.world = q.world AND (p.scope = q.scope OR p.scope = '' OR q.scope = ''))
SELECT a, b, by_name, by_place, least(p.often, q.often) AS often,
  like_name(p.key, q.key, left_p, left_q, len(p.words) - len(left_p)) AS name, like_place(p, q) AS place, like_district(p, q) AS district,
  like_number(p.numbers, q.numbers) AS number, like_web(p.web, q.web) AS web
FROM pairs
-- name: random
CREATE TEMP TABLE numbered AS SELECT i, row_number() OVER (ORDER BY hash(i)) - 1 AS r, count(*) OVER () AS total FROM e;
CREATE TEMP TABLE ends AS
SELECT i AS a, (r + 1 + (step * 7919) % greatest(total - 1, 1)) % total AS r
FROM (SELECT * FROM numbered WHERE r < 4000), range(1, 26) s(step);
CREATE TEMP TABLE drawn AS
WITH pairs AS (
  SELECT p, q, list_filter(p.words, lambda x: NOT list_contains(q.words, x)) AS left_p,
    list_filter(q.words, lambda x: NOT list_contains(p.words, x)) AS left_q
  FROM ends JOIN numbered USING (r) JOIN e p ON p.i = ends.a JOIN e q ON q.i = numbered.i AND q.i <> ends.a)
SELECT like_name(p.key, q.key, left_p, left_q, len(p.words) - len(left_p)) AS name,
  like_place(p, q) AS place, like_district(p, q) AS district, like_number(p.numbers, q.numbers) AS number,
  like_web(p.web, q.web) AS web
FROM pairs
