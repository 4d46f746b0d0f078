// The browser that people have, and what no page of ours may do in it.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const EXECUTABLE = process.env.CHROMIUM_BIN ?? "/usr/bin/chromium";

/** Why there is no browser to test with, or `false`. In CI, where nothing may be skipped, its absence is a failure. */
export function missing() {
  if (existsSync(EXECUTABLE)) return false;
  const required = (process.env.KOLLEGIUM_TEST_REQUIRE ?? "").split(",").includes("browser");
  if (required) throw new Error(`${EXECUTABLE} is not installed, and KOLLEGIUM_TEST_REQUIRE asks for it`);
  return `${EXECUTABLE} is not installed`;
}

/** Starts Chromium with a profile of its own, and none of the calls home that it makes by itself. */
export function startBrowser() {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * Opens a page that remembers what it must not do: `faults` lists each request that left `origin`, each console error
 * (a refusal by the content security policy is one) and each uncaught exception.
 */
export async function openPage(browser, origin, options) {
  const page = await browser.newPage(options);
  const faults = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && url.origin !== origin) faults.push(`left the origin: ${url}`);
  });
  page.on("websocket", (socket) => {
    if (new URL(socket.url()).host !== new URL(origin).host) faults.push(`left the origin: ${socket.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`uncaught: ${error}`));
  return { page, faults };
}
