WITH by_working_days_wide AS (
  SELECT unit, procedure, ended_half AS half, working_days AS key,
    CAST(SUM(CASE WHEN outcome IN ('result', 'refused') THEN 1 ELSE 0 END) AS BIGINT) AS m0
  FROM dossier
  WHERE ended_half IS NOT NULL AND working_days IS NOT NULL
  GROUP BY unit, procedure, ended_half, working_days
),
by_working_days AS (
  SELECT unit, procedure, half, key, m0
  FROM by_working_days_wide WHERE procedure <> ''
  UNION ALL
  SELECT unit, '' AS procedure, half, key, CAST(SUM(m0) AS BIGINT) AS m0
  FROM by_working_days_wide GROUP BY unit, half, key
)
SELECT spread.measure, unit, procedure, half, key, spread.n
FROM by_working_days
CROSS JOIN LATERAL (VALUES ('working_days', m0)) AS spread (measure, n)
WHERE spread.n <> 0;
