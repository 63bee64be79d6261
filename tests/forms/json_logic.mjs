// Answers one rule a line: {"rule": …, "data": …} in, {"value": …} or {"refused": …} out.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const logic = createRequire(import.meta.url)("json-logic-js");
// Ours; defined here as logic.py describes it, so that rules using it compare too.
logic.add_operation("count", (list) => (Array.isArray(list) ? list.length : 0));

for await (const line of createInterface({ input: process.stdin })) {
  const { rule, data } = JSON.parse(line);
  let answer;
  try {
    const value = logic.apply(rule, data);
    const shown = typeof value === "number" && !Number.isFinite(value)
      ? String(value)
      : (value ?? null);
    answer = { value: shown, holds: logic.truthy(value) };
  } catch (error) {
    answer = { refused: error.message };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
