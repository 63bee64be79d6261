WITH counts_wide AS (
  SELECT unit, procedure, received_half AS half,
    CAST(SUM(CASE WHEN channel = 'post' THEN 1 ELSE 0 END) AS BIGINT) AS m0,
    CAST(SUM(CASE WHEN TRUE THEN 1 ELSE 0 END) AS BIGINT) AS m1
  FROM dossier
  WHERE received_half IS NOT NULL
  GROUP BY unit, procedure, received_half
),
counts AS (
  SELECT unit, procedure, half, m0, m1
  FROM counts_wide WHERE procedure <> ''
  UNION ALL
  SELECT unit, '' AS procedure, half, CAST(SUM(m0) AS BIGINT) AS m0, CAST(SUM(m1) AS BIGINT) AS m1
  FROM counts_wide GROUP BY unit, half
)
SELECT spread.measure, unit, procedure, half, 0 AS key, spread.n
FROM counts
CROSS JOIN LATERAL (VALUES ('received_post', m0), ('received', m1)) AS spread (measure, n)
WHERE spread.n <> 0;
