// The page: which view is open, how the connection is, who one is.

import {Connection} from './connection.js';
import {ExperimentsView} from './experiments.js';
import {PairView} from './pair.js';
import {PipelineView} from './pipeline.js';
import {PopulationView} from './population.js';
import {SendView} from './send.js';
import {SkyView} from './sky.js';
import {moment} from './words.js';

const connection = new Connection();
const NAMES = {sky: 'Sky', population: 'Population', experiments: 'Experiments', pipeline: 'Pipeline', send: 'Try it'};
let info = null;

const api = {
  /** What is there, or null where nothing is; undefined where the gateway does not say, or does not answer, which the status says. */
  async find(path) {
    try {
      const answer = await fetch(path, {headers: connection.headers()});
      if (answer.ok) return await answer.json();
      return answer.status === 404 ? null : undefined;
    } catch {
      return undefined;
    }
  },
  async get(path) { return await this.find(path) ?? null; },
  async post(path, body) {
    try {
      const answer = await fetch(path, {method: 'POST', headers: {...connection.headers(), 'Content-Type': 'application/json'}, body: JSON.stringify(body)});
      const type = answer.headers.get('Content-Type') ?? '';
      return type.startsWith('application/json') ? await answer.json() : {reason: await answer.text()};
    } catch {
      return {reason: 'the gateway does not answer'};
    }
  },
  async cohorts() { return (await this.get('api/trends'))?.cohorts ?? []; },
  async pairs(contains) { return (await this.get(`api/pairs?limit=50&contains=${encodeURIComponent(contains)}`))?.pairs ?? []; },
  async best() { return (await this.get('api/best?limit=12'))?.pairs ?? []; },
};

const go = (view, id) => { location.hash = `#${view}/${encodeURIComponent(id)}`; };
const root = (name) => document.getElementById(`view-${name}`);
const views = {
  pair: new PairView(root('pair'), connection, api, go),
  sky: new SkyView(root('sky'), connection, api, go),
  population: new PopulationView(root('population'), connection, api, go),
  experiments: new ExperimentsView(root('experiments'), connection, () => info),
  send: new SendView(root('send'), api, () => info),
  pipeline: new PipelineView(root('pipeline'), connection, api, go, () => info),
};
let open = null;

/** A part of the hash; what no encoding leads to stands for itself. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function route() {
  const [name, encoded, ...rest] = location.hash.slice(1).split('/');
  const id = encoded ? decoded(encoded) : null;
  const view = Object.hasOwn(views, name) ? name : 'pair';
  if (open && open !== view) views[open].leave();
  for (const panel of document.querySelectorAll('[data-panel]')) panel.hidden = panel.dataset.panel !== view;
  for (const link of document.querySelectorAll('[data-view]')) {
    if (link.dataset.view === view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.title = `${{...NAMES, pair: id ?? 'Pair'}[view]} · CosmicHub Streams`;
  const changed = open !== view;
  open = view;
  views[view].enter(id, decoded(rest.join('/')));
  if (changed && document.activeElement?.dataset?.view) document.getElementById('main').focus({preventScroll: true});
}

// --- how the connection is, in plain words ------------------------------------------------------

const status = document.getElementById('status');
const statusText = document.getElementById('status-text');
const tokenForm = document.getElementById('token-form');

function showState() {
  const lost = connection.state === 'lost';
  const quiet = connection.state === 'open' && connection.quiet;
  status.className = `status ${connection.state}${quiet ? ' quiet' : ''}`;
  document.body.classList.toggle('stale', lost || connection.state === 'denied' || connection.state === 'refused');
  const words = {
    open: !quiet ? 'Live' : connection.newest ? `Connected. No update since ${moment(connection.newest)}.` : 'Connected. No update has come yet.',
    connecting: 'Connecting',
    denied: `Not connected: a token is needed${connection.freshest ? `. What you see is from ${moment(connection.freshest)}.` : ''}`,
    refused: `Not connected: cosmichub.gateway.origins of this gateway does not list ${location.origin}`,
    lost: connection.freshest ? `Connection lost. What you see is from ${moment(connection.freshest)}; trying again.` : 'The gateway does not answer yet; trying again.',
  }[connection.state];
  if (statusText.textContent !== words) statusText.textContent = words;
  tokenForm.hidden = connection.state !== 'denied';
}

connection.addEventListener('state', showState);
connection.addEventListener('hello', async () => {
  info = await api.get('api/session');
  document.getElementById('who').textContent = info ? (info.open ? 'This gateway runs open, on this machine only.' : `You are ${info.user}.`) : '';
  route();
});

tokenForm.addEventListener('submit', (event) => {
  event.preventDefault();
  const field = document.getElementById('token');
  const token = field.value.trim();
  field.value = '';
  if (!token) return;
  document.getElementById('token-problem').textContent = '';
  connection.useToken(token);
});
connection.addEventListener('state', () => {
  if (connection.state === 'denied' && connection.token) document.getElementById('token-problem').textContent = 'The gateway does not take this token, or it has expired.';
});

window.addEventListener('hashchange', route);
showState();
route();
connection.connect();
