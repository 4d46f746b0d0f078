// Starts the program that people start, on a free port, with a demo of its own.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const START_MS_MAX = 60_000;

/** What everybody of the demo signs in with: it prints this at every start. */
export const PASSWORD = "en lugn stund i lärarrummet";

/**
 * Starts `kollegium demo` in an empty folder and waits until it prints where GraphiQL is.
 *
 * `stop` ends it the way a person does, with SIGTERM, and fails if it does not exit with 0.
 */
export async function startDemo() {
  const binary = resolve(process.env.KOLLEGIUM_BIN ?? "../../target/debug/kollegium");
  const folder = await mkdtemp(join(tmpdir(), "kollegium-e2e-"));
  const server = spawn(binary, ["demo"], {
    cwd: folder,
    env: { ...process.env, KOLLEGIUM_HTTP__LISTEN: "127.0.0.1:0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((settle) => {
    server.once("error", settle);
    server.once("exit", (code, signal) => settle(code ?? signal));
  });
  const stop = async () => {
    server.kill("SIGTERM");
    const outcome = await ended;
    await rm(folder, { recursive: true, force: true });
    if (outcome !== 0) throw new Error(`${binary} ended with ${outcome}`);
  };

  const graphiql = await Promise.race([address(server.stdout), ended.then(failed), after(START_MS_MAX).then(failed)]).catch(
    async (error) => {
      server.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
      throw new Error(`${binary} printed no address of GraphiQL: ${error.message}`);
    },
  );
  return { graphiql, origin: new URL(graphiql).origin, stop };
}

async function address(stdout) {
  const lines = [];
  let found;
  // Reads on to the end: a full pipe would stop the server.
  return new Promise((settle, fail) => {
    createInterface(stdout)
      .on("line", (line) => {
        if (found) return;
        lines.push(line);
        found = line.match(/http:\/\/127\.0\.0\.1:\d+\/graphiql/)?.[0];
        if (found) settle(found);
      })
      .on("close", () => fail(new Error(lines.join("\n"))));
  });
}

function failed(outcome) {
  throw new Error(String(outcome));
}

/** A limit, not a wait: it only ends what has gone wrong. */
function after(milliseconds) {
  return new Promise((settle) => setTimeout(settle, milliseconds, `nothing after ${milliseconds} ms`).unref());
}
