// GraphiQL for Kollegium: our own few lines around the bundle, readable as they stand.
import { GraphiQL, createClient, createElement, createRoot } from "./graphiql.js";

const GREETING = `# Kollegium: där lärare lär av varandra
# Kör med ▶ eller Ctrl+Enter. Boken beskriver varje fält.
# Logga in med mutationen signIn, skriv sedan under Headers
#   { "Authorization": "Bearer svarets token" }
#
# Kollegium: where teachers learn from each other
# Run with ▶ or Ctrl+Enter. The book describes every field.
# Sign in with the mutation signIn, then write under Headers
#   { "Authorization": "Bearer the token of its answer" }

{
  serverInfo {
    version
  }
}
`;

const DAMAGED = `# Länken är skadad: be om en ny, eller kopiera hela adressen.
# The link is damaged: ask for a new one, or copy the whole address.
`;

/**
 * What a link filled in: `#query=…&variables=…`, both URI-encoded. A fragment never reaches a server or its log, so
 * that it may carry a one-time token. It is taken out of the address at once, so that it does not stay in the history.
 */
function takeLink() {
  const fragment = location.hash.slice(1);
  if (!fragment) return {};
  history.replaceState(null, "", location.pathname + location.search);
  try {
    const fields = fragment.split("&").map((field) => field.match(/^(\w+)=(.*)$/).slice(1).map(decodeURIComponent));
    const { query, variables } = Object.fromEntries(fields);
    return { query, variables };
  } catch {
    return { query: DAMAGED };
  }
}

/** Answers one operation: by HTTP, or as a stream over the WebSocket if it is a subscription. */
function fetcher(params, { headers = {}, documentAST } = {}) {
  const operation = documentAST?.definitions.find(
    ({ kind, name }) => kind === "OperationDefinition" && (!params.operationName || name?.value === params.operationName),
  );
  return operation?.operation === "subscription" ? subscribe(params, headers) : post(params, headers);
}

async function post(params, headers) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { ...headers, accept: "application/graphql-response+json", "content-type": "application/json" },
    body: JSON.stringify(params),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${response.status} ${response.statusText} ${text.slice(0, 500)}`);
  }
}

/** A socket of its own for each subscription, so that each is signed in as the headers say at that moment. */
function subscribe(params, headers) {
  const authorization = Object.entries(headers).find(([name]) => name.toLowerCase() === "authorization")?.[1];
  const client = createClient({
    url: `${location.origin.replace(/^http/, "ws")}/graphql/ws`,
    connectionParams: authorization ? { Authorization: authorization } : {},
    retryAttempts: 0,
  });
  const answers = client.iterate(params);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        return await answers.next();
      } catch (error) {
        throw error instanceof CloseEvent ? new Error(`${error.code} ${error.reason}`) : error;
      }
    },
    return: () => answers.return(),
  };
}

/**
 * Forgets with the page what was typed: variables hold passwords and answers hold pupils' work, and the next person at
 * a school's computer must not find them.
 */
function memory() {
  const items = new Map();
  return {
    get length() {
      return items.size;
    },
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
    clear: () => items.clear(),
  };
}

// Another link pasted into the same tab changes nothing but the fragment.
addEventListener("hashchange", () => location.reload());

createRoot(document.getElementById("graphiql")).render(
  createElement(
    GraphiQL,
    { ...takeLink(), defaultQuery: GREETING, fetcher, shouldPersistHeaders: false, storage: memory() },
    createElement(GraphiQL.Logo, null, "Kollegium"),
  ),
);
