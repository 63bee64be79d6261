WITH counts_wide AS (
  SELECT unit, procedure, ended_half AS half,
    CAST(SUM(CASE WHEN outcome IN ('result', 'refused') THEN CAST(extensions AS BIGINT) ELSE 0 END) AS BIGINT) AS m0
  FROM dossier
  WHERE ended_half IS NOT NULL
  GROUP BY unit, procedure, ended_half
),
counts AS (
  SELECT unit, procedure, half, m0
  FROM counts_wide WHERE procedure <> ''
  UNION ALL
  SELECT unit, '' AS procedure, half, CAST(SUM(m0) AS BIGINT) AS m0
  FROM counts_wide GROUP BY unit, half
)
SELECT spread.measure, unit, procedure, half, 0 AS key, spread.n
FROM counts
CROSS JOIN LATERAL (VALUES ('new_dates', m0)) AS spread (measure, n)
WHERE spread.n <> 0;
