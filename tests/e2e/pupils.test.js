import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { missing, openPage, startBrowser } from "./browser.js";
import { PASSWORD, startDemo } from "./kollegium.js";

describe("The page for pupils", { skip: missing() }, () => {
  let demo, browser, pictures, links;

  before(async () => {
    demo = await startDemo();
    browser = await startBrowser();
    pictures = await mkdtemp(join(tmpdir(), "kollegium-pictures-"));
    console.log(`pictures: ${pictures}`);
    links = await openEverything(demo);
  });
  after(async () => {
    await browser?.close();
    await demo?.stop();
  });

  const open = async (address, options = {}) => {
    const opened = await openPage(browser, demo.origin, options);
    opened.response = await opened.page.goto(address);
    return opened;
  };

  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390, 320]) {
      test(`reads well, ${colorScheme}, ${width} px wide, and stays at home`, async () => {
        const { page, faults, response } = await open(links.ANALYTIC.address, { colorScheme, viewport: { width, height: 800 } });

        assert.equal(response.status(), 200);
        await page.screenshot({ path: join(pictures, `pupils-${colorScheme}-${width}.png`), fullPage: true });
        assert.deepEqual(await flaws(page), []);
        assert.deepEqual(faults, []);
        await page.close();
      });
    }
  }

  test("needs no script", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(links.SINGLE_POINT.address);
    assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
    await context.close();
  });

  test("is read in English when its reader asks for it", async () => {
    const { page, faults } = await open(links.ANALYTIC.address);
    const swedish = await page.getByRole("heading", { level: 1 }).innerText();
    assert.equal(await page.locator("html").getAttribute("lang"), "sv");

    await page.getByRole("link", { name: "In English" }).click();
    await page.getByRole("link", { name: "På svenska" }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.notEqual(await page.getByRole("heading", { level: 1 }).innerText(), swedish);
    assert.deepEqual(await flaws(page), []);
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("is one A4 on paper, whatever the rubric", async () => {
    const { page, faults } = await open(links.ANALYTIC.address);
    for (const { address, title } of links.all) {
      await page.goto(address);
      const paper = await page.pdf({ preferCSSPageSize: true, path: join(pictures, `${address.slice(-8)}.pdf`) });
      assert.equal(sheets(paper), 1, title);
    }
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("says kindly that a link opens nothing, and stays out of indexes", async () => {
    const address = `${demo.origin}/r/krl_${"A".repeat(43)}`;
    const { page, response } = await open(address, { viewport: { width: 390, height: 800 } });

    assert.equal(response.status(), 404);
    assert.match(response.headers()["x-robots-tag"], /noindex/);
    await page.getByRole("heading", { name: "Länken går inte att öppna" }).waitFor();
    await page.screenshot({ path: join(pictures, "pupils-nothing.png") });
    assert.deepEqual(await flaws(page), []);
    await page.close();
  });
});

/** Opens every rubric of the demo's library to pupils, as one of its teachers: all of them, and one of each form. */
async function openEverything({ origin }) {
  const ask = async (query, variables, bearer) => {
    const headers = { "content-type": "application/json", ...(bearer && { authorization: `Bearer ${bearer}` }) };
    const response = await fetch(`${origin}/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
    const { data, errors } = await response.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const input = { address: "teacher@alvsunda.example", password: PASSWORD };
  const { signIn } = await ask("mutation($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }", { input });
  const bearer = signIn.tokens.accessToken;
  const { rubrics } = await ask("{ rubrics(first: 100) { nodes { id kind title { sv } viewerCan { link } } } }", {}, bearer);
  const links = { all: [] };
  for (const { id, kind, title } of rubrics.nodes.filter((rubric) => rubric.viewerCan.link)) {
    const make = "mutation($input: CreateRubricLinkInput!) { createRubricLink(input: $input) { link { address } userErrors { code } } }";
    const { createRubricLink } = await ask(make, { input: { rubric: id } }, bearer);
    const link = { address: createRubricLink.link.address, title: title.sv };
    links.all.push(link);
    links[kind] ??= link;
  }
  return links;
}

/** How many sheets a PDF has. */
function sheets(pdf) {
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g).length;
}

/** What a reader could stumble on: order of headings, names of landmarks, contrast, size of targets, overflow. */
function flaws(page) {
  return page.evaluate(() => {
    const flaws = [];
    const levels = [...document.querySelectorAll("h1, h2, h3")].map((heading) => Number(heading.tagName[1]));
    if (levels.filter((level) => level === 1).length !== 1) flaws.push("not one h1");
    levels.reduce((before, level) => (level > before + 1 && flaws.push(`h${before} is followed by h${level}`), level), 0);
    if (document.querySelectorAll("main").length !== 1) flaws.push("not one main");
    if (!document.documentElement.lang) flaws.push("no language");
    if (!document.title.trim()) flaws.push("no title");
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    if (new Set(ids).size !== ids.length) flaws.push("an id twice");
    for (const section of document.querySelectorAll("section")) {
      if (!document.getElementById(section.getAttribute("aria-labelledby"))) flaws.push("a section without a name");
    }
    for (const svg of document.querySelectorAll("svg")) {
      if (svg.getAttribute("role") !== "img" || !svg.getAttribute("aria-label")) flaws.push("a picture without a name");
    }
    for (const link of document.querySelectorAll("a")) {
      const { width, height } = link.getBoundingClientRect();
      if (width < 24 || height < 24) flaws.push(`a target of ${width} × ${height}`);
    }
    if (document.documentElement.scrollWidth > window.innerWidth) flaws.push("wider than the window");

    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
    const rgb = (color) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const color = rgb(getComputedStyle(at).backgroundColor);
        if (color[3] === 255) return color;
      }
      return [255, 255, 255];
    };
    for (const element of document.querySelectorAll("h1, h2, h3, p, a, time")) {
      if (!element.textContent.trim() || !element.getClientRects().length) continue;
      const [one, other] = [light(rgb(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
      const contrast = (one + 0.05) / (other + 0.05);
      if (contrast < 4.5) flaws.push(`a contrast of ${contrast.toFixed(2)}: ${element.textContent}`);
    }
    return flaws;
  });
}
