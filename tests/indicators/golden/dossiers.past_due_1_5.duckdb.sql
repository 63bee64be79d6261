WITH by_overdue_from_wide AS (
  SELECT unit, procedure, received_half AS half, overdue_from AS key,
    CAST(SUM(CASE WHEN NOT (ended_day IS NOT NULL) THEN 1 ELSE 0 END) AS BIGINT) AS m0
  FROM dossier
  WHERE received_half IS NOT NULL AND overdue_from IS NOT NULL
  GROUP BY unit, procedure, received_half, overdue_from
),
by_overdue_from AS (
  SELECT unit, procedure, half, key, m0
  FROM by_overdue_from_wide WHERE procedure <> ''
  UNION ALL
  SELECT unit, '' AS procedure, half, key, CAST(SUM(m0) AS BIGINT) AS m0
  FROM by_overdue_from_wide GROUP BY unit, half, key
)
SELECT spread.measure, unit, procedure, half, key, spread.n
FROM by_overdue_from
CROSS JOIN LATERAL (VALUES ('overdue_open', m0)) AS spread (measure, n)
WHERE spread.n <> 0;
WITH by_overdue_from_wide AS (
  SELECT unit, procedure, ended_half AS half, overdue_from AS key,
    CAST(SUM(CASE WHEN ended_day IS NOT NULL AND overdue_from IS NOT NULL AND ended_day >= overdue_from THEN 1 ELSE 0 END) AS BIGINT) AS m0
  FROM dossier
  WHERE ended_half IS NOT NULL AND overdue_from IS NOT NULL
  GROUP BY unit, procedure, ended_half, overdue_from
),
by_overdue_from AS (
  SELECT unit, procedure, half, key, m0
  FROM by_overdue_from_wide WHERE procedure <> ''
  UNION ALL
  SELECT unit, '' AS procedure, half, key, CAST(SUM(m0) AS BIGINT) AS m0
  FROM by_overdue_from_wide GROUP BY unit, half, key
)
SELECT spread.measure, unit, procedure, half, key, spread.n
FROM by_overdue_from
CROSS JOIN LATERAL (VALUES ('overdue_ended', m0)) AS spread (measure, n)
WHERE spread.n <> 0;
