import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { missing, openPage, startBrowser } from "./browser.js";
import { startDemo } from "./kollegium.js";

describe("GraphiQL", { skip: missing() }, () => {
  let demo, browser, pictures;

  before(async () => {
    demo = await startDemo();
    browser = await startBrowser();
    pictures = await mkdtemp(join(tmpdir(), "kollegium-pictures-"));
    console.log(`pictures: ${pictures}`);
  });
  after(async () => {
    await browser?.close();
    await demo?.stop();
  });

  /** Opens GraphiQL, with `fragment` in its address, and waits until it has read the schema. */
  async function open(fragment = "", options = {}) {
    const opened = await openPage(browser, demo.origin, options);
    await opened.page.goto(demo.graphiql + fragment);
    await opened.page.getByRole("button", { name: "Execute query" }).waitFor();
    await opened.page.getByRole("button", { name: "Re-fetch GraphQL schema" }).and(opened.page.locator(":enabled")).waitFor();
    return opened;
  }

  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390]) {
      test(`runs a query, ${colorScheme}, ${width} px wide, and stays at home`, async () => {
        const { page, faults } = await open("#query=%7B%20serverInfo%20%7B%20version%20%7D%20%7D", {
          colorScheme,
          viewport: { width, height: 800 },
        });

        await page.getByRole("button", { name: "Execute query" }).click();
        const answer = page.locator(".result-window .CodeMirror-code");
        await answer.getByText(/"version"/).waitFor();
        await page.screenshot({ path: join(pictures, `graphiql-${colorScheme}-${width}.png`) });

        const { data, errors } = JSON.parse(await text(page, ".result-window"));
        assert.equal(errors, undefined);
        assert.match(data.serverInfo.version, /^\d+\.\d+\.\d+/);
        assert.deepEqual(faults, []);
        await page.close();
      });
    }
  }

  test("opens with a query that greets in both languages and runs as it stands", async () => {
    const { page, faults } = await open();
    const greeting = await text(page, ".graphiql-query-editor");
    assert.match(greeting, /lärare/);
    assert.match(greeting, /teachers/);

    await page.getByRole("button", { name: "Execute query" }).click();
    await page.locator(".result-window").getByText(/"version"/).waitFor();

    assert.deepEqual(faults, []);
    await page.close();
  });

  test("takes a link's mutation and token out of the address, and keeps neither", async () => {
    const query = "mutation Take($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { __typename } }";
    const variables = JSON.stringify({ input: { token: "inv+a/b=&c" } }, null, 2);
    const { page, faults } = await open(`#query=${encodeURIComponent(query)}&variables=${encodeURIComponent(variables)}`);

    assert.equal(await text(page, ".graphiql-query-editor"), query);
    assert.equal(await text(page, ".graphiql-editor-tool"), variables);
    assert.equal(page.url(), demo.graphiql);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
    assert.doesNotMatch(kept, /inv\+a/);
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("says so when a link is damaged", async () => {
    const { page, faults } = await open("#query=%7B%2");

    assert.match(await text(page, ".graphiql-query-editor"), /Länken är skadad[^]*link is damaged/);
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("opens its dialogs without breaking the content security policy", async () => {
    const { page, faults } = await open();

    await page.getByRole("button", { name: "Open settings dialog" }).click();
    await page.getByRole("dialog").getByText("Theme", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    await page.getByRole("link", { name: "Query", exact: true }).waitFor();

    assert.deepEqual(faults, []);
    await page.close();
  });
});

/** What an editor holds, whatever part of it is on the screen. */
function text(page, container) {
  return page.locator(`${container} .CodeMirror`).first().evaluate((element) => element.CodeMirror.getValue());
}
