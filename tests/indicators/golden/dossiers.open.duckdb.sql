WITH by_received_half_wide AS (
  SELECT unit, procedure, received_half AS half, received_half AS key,
    CAST(SUM(CASE WHEN NOT (ended_day IS NOT NULL) THEN 1 ELSE 0 END) AS BIGINT) AS m0
  FROM dossier
  WHERE received_half IS NOT NULL AND received_half IS NOT NULL
  GROUP BY unit, procedure, received_half, received_half
),
by_received_half AS (
  SELECT unit, procedure, half, key, m0
  FROM by_received_half_wide WHERE procedure <> ''
  UNION ALL
  SELECT unit, '' AS procedure, half, key, CAST(SUM(m0) AS BIGINT) AS m0
  FROM by_received_half_wide GROUP BY unit, half, key
)
SELECT spread.measure, unit, procedure, half, key, spread.n
FROM by_received_half
CROSS JOIN LATERAL (VALUES ('open_since', m0)) AS spread (measure, n)
WHERE spread.n <> 0;
WITH by_received_half_wide AS (
  SELECT unit, procedure, ended_half AS half, received_half AS key,
    CAST(SUM(CASE WHEN TRUE THEN 1 ELSE 0 END) AS BIGINT) AS m0
  FROM dossier
  WHERE ended_half IS NOT NULL AND received_half IS NOT NULL
  GROUP BY unit, procedure, ended_half, received_half
),
by_received_half AS (
  SELECT unit, procedure, half, key, m0
  FROM by_received_half_wide WHERE procedure <> ''
  UNION ALL
  SELECT unit, '' AS procedure, half, key, CAST(SUM(m0) AS BIGINT) AS m0
  FROM by_received_half_wide GROUP BY unit, half, key
)
SELECT spread.measure, unit, procedure, half, key, spread.n
FROM by_received_half
CROSS JOIN LATERAL (VALUES ('ended_since', m0)) AS spread (measure, n)
WHERE spread.n <> 0;
