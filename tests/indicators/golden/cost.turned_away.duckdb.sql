WITH counts_wide AS (
  SELECT unit, procedure, visited_half AS half,
    CAST(SUM(CASE WHEN TRUE THEN 1 ELSE 0 END) AS BIGINT) AS m0
  FROM visit
  WHERE visited_half IS NOT NULL
  GROUP BY unit, procedure, visited_half
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
CROSS JOIN LATERAL (VALUES ('guided_visits', m0)) AS spread (measure, n)
WHERE spread.n <> 0;
WITH counts_wide AS (
  SELECT unit, procedure, received_half AS half,
    CAST(SUM(CASE WHEN channel = 'counter' THEN 1 ELSE 0 END) AS BIGINT) AS m0
  FROM dossier
  WHERE received_half IS NOT NULL
  GROUP BY unit, procedure, received_half
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
CROSS JOIN LATERAL (VALUES ('received_counter', m0)) AS spread (measure, n)
WHERE spread.n <> 0;
