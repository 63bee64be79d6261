WITH by_days_all_wide AS (
  SELECT unit, procedure, ended_half AS half, days_all AS key,
    CAST(SUM(CASE WHEN outcome IN ('result', 'refused') THEN 1 ELSE 0 END) AS BIGINT) AS m0
  FROM dossier
  WHERE ended_half IS NOT NULL AND days_all IS NOT NULL
  GROUP BY unit, procedure, ended_half, days_all
),
by_days_all AS (
  SELECT unit, procedure, half, key, m0
  FROM by_days_all_wide WHERE procedure <> ''
  UNION ALL
  SELECT unit, '' AS procedure, half, key, CAST(SUM(m0) AS BIGINT) AS m0
  FROM by_days_all_wide GROUP BY unit, half, key
)
SELECT spread.measure, unit, procedure, half, key, spread.n
FROM by_days_all
CROSS JOIN LATERAL (VALUES ('days_all', m0)) AS spread (measure, n)
WHERE spread.n <> 0;
