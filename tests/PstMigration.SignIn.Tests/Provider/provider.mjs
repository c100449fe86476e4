// An OpenID provider (npm oidc-provider) under the addresses and with the additions of Microsoft's sign-in service: tenants in the path, the description of hosts, client_info.
// What the protocol says is oidc-provider's own judgement. Pages submit themselves, so that whoever opens one has signed in.
//
// node provider.mjs CONFIGURATION.json     writes the port to its output and ends with its input.
import { constants, createPublicKey, randomBytes, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import Provider from 'oidc-provider';

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const origin = 'https://login.microsoftonline.com';
const issuer = `${origin}/${settings.tenant}/v2.0`;
const personalTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';
const mail = ['Mail.ReadWrite', 'Mail.ReadWrite.Shared'];
const others = ['Contacts.ReadWrite', 'Calendars.ReadWrite', 'Tasks.ReadWrite',
  'Contacts.ReadWrite.Shared', 'Calendars.ReadWrite.Shared', 'Tasks.ReadWrite.Shared'];

const tenantOf = (account) => (account.endsWith('@outlook.com') ? personalTenant : settings.tenant);
const idOf = (account) => Buffer.from(account.padEnd(16, '.')).toString('hex').slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const page = (title, form) => `<!doctype html><title>${title}</title>${form}<script>document.forms[0]?.submit()</script>`;

const assertedSecret = randomBytes(32).toString('hex');

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: settings.publicClient,
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://localhost'],
      response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    },
    {
      client_id: settings.secretClient,
      client_secret: settings.secret,
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: [],
      response_types: [],
      grant_types: ['client_credentials'],
    },
    {
      client_id: settings.certificateClient,
      client_secret: assertedSecret,
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: [],
      response_types: [],
      grant_types: ['client_credentials'],
    },
  ],
  routes: {
    authorization: '/oauth2/v2.0/authorize',
    token: '/oauth2/v2.0/token',
    device_authorization: '/oauth2/v2.0/devicecode',
    code_verification: '/oauth2/v2.0/device',
    jwks: '/discovery/v2.0/keys',
  },
  scopes: ['openid', 'profile', 'offline_access', ...mail, ...others],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'oid', 'tid'] },
  conformIdTokenClaims: false,
  clientDefaults: { id_token_signed_response_alg: 'RS256' },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    deviceFlow: {
      enabled: true,
      userCodeInputSource: (ctx, form) => { ctx.body = page('Code', form.replace('</form>', `<input name="user_code" value="${ctx.query.user_code ?? ''}"></form>`)); },
      userCodeConfirmSource: (ctx, form) => { ctx.body = page('Confirm', form.replace('</form>', '<input name="confirm" value="yes"></form>')); },
      successSource: (ctx) => { ctx.body = page('Signed in', ''); },
    },
    resourceIndicators: { enabled: false },
  },
  pkce: { required: (ctx, client) => client.applicationType === 'native' },
  issueRefreshToken: async (ctx, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  ttl: { AccessToken: () => settings.tokenSeconds, ClientCredentials: () => settings.tokenSeconds, RefreshToken: () => 90 * 86400 },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: id, preferred_username: id, oid: idOf(id), tid: tenantOf(id) }),
  }),
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  cookies: { keys: ['test'] },
});
provider.proxy = true;

// Microsoft's answers say whose the account is; MSAL knows accounts by it.
provider.use(async (ctx, next) => {
  await next();
  const account = ctx.oidc?.entities?.Account?.accountId;
  if (ctx.oidc?.route === 'token' && ctx.body?.access_token && account) {
    ctx.body.client_info = Buffer.from(JSON.stringify({ uid: idOf(account), utid: tenantOf(account) })).toString('base64url');
  }
});
provider.on('server_error', (ctx, error) => console.error(error));
provider.on('grant.error', (ctx, error) => console.error(error.error, error.error_description, error.error_detail));

async function interact(req, res) {
  const details = await provider.interactionDetails(req, res);
  const { prompt, params, session } = details;
  if (req.method === 'GET') {
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.end(page(prompt.name, '<form method="post"></form>'));
    return;
  }

  if (prompt.name === 'login') {
    await provider.interactionFinished(req, res, { login: { accountId: params.login_hint ?? settings.person } });
    return;
  }

  const wanted = (params.scope ?? '').split(' ');
  if (session.accountId.startsWith('refuser') && wanted.some((s) => others.includes(s))) {
    await provider.interactionFinished(req, res, { error: 'access_denied', error_description: 'AADSTS65004: User declined to consent to access the app.' });
    return;
  }

  const grant = details.grantId
    ? await provider.Grant.find(details.grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  await provider.interactionFinished(req, res, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
}

// MSAL writes the times of an assertion as texts, which Microsoft takes and oidc-provider does not (RFC 7519 wants numbers). So Node itself checks what was signed (RFC 7523 3).
function isProven(assertion, audience) {
  const [header, payload, signature] = assertion.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url'));
  const now = Date.now() / 1000;
  const key = createPublicKey({ key: settings.jwks.keys[0], format: 'jwk' });
  return JSON.parse(Buffer.from(header, 'base64url')).alg === 'PS256'
    && verify('sha256', Buffer.from(`${header}.${payload}`), { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, Buffer.from(signature, 'base64url'))
    && claims.aud === audience && claims.iss === settings.certificateClient && claims.sub === claims.iss && claims.jti
    && Number(claims.nbf) <= now + 60 && Number(claims.exp) > now;
}

// Microsoft takes the short name of the grant too, and MSAL sends it.
async function readForm(req) {
  let text = '';
  for await (const chunk of req) {
    text += chunk;
  }

  const form = Object.fromEntries(new URLSearchParams(text));
  if (form.grant_type === 'device_code') {
    form.grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
  }

  if (form.client_assertion) {
    form.client_secret = isProven(form.client_assertion, origin + req.originalUrl.split('?')[0]) ? assertedSecret : 'wrong';
    delete form.client_assertion;
    delete form.client_assertion_type;
  }

  // The right to be renewed needs no renewal.
  if (form.grant_type === 'refresh_token' && form.scope) {
    form.scope = form.scope.split(' ').filter((scope) => scope !== 'offline_access').join(' ');
  }

  return form;
}

const json = (res, status, body) => {
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(body));
};
const callback = provider.callback();

const server = createServer({ key: readFileSync(settings.key), cert: readFileSync(settings.certificate) }, (req, res) => {
  const [path] = req.url.split('?');
  const [, tenant] = path.split('/');
  if (path.endsWith('/discovery/instance')) {
    json(res, 200, {
      tenant_discovery_endpoint: `${origin}/common/v2.0/.well-known/openid-configuration`,
      metadata: [{ preferred_network: 'login.microsoftonline.com', preferred_cache: 'login.windows.net', aliases: ['login.microsoftonline.com', 'login.windows.net'] }],
    });
  } else if (path.endsWith('/.well-known/openid-configuration')) {
    if (tenant.startsWith('nowhere')) {
      json(res, 400, { error: 'invalid_tenant', error_description: `AADSTS90002: Tenant '${tenant}' not found.` });
    } else {
      json(res, 200, { issuer, cloud_instance_name: tenant.startsWith('government') ? 'microsoftonline.us' : 'microsoftonline.com',
        authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`, token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token` });
    }
  } else if (path.startsWith('/interaction/')) {
    interact(req, res).catch((error) => { console.error(error); json(res, 500, {}); });
  } else {
    // A tenant is a mount point: addresses the provider makes keep it.
    const mounted = path.match(/^\/[^/]+(?=\/(oauth2|discovery)\/)/);
    req.originalUrl = req.url;
    if (mounted) {
      req.url = req.url.slice(mounted[0].length);
    }

    if (req.method === 'POST' && req.url.startsWith('/oauth2/v2.0/token')) {
      readForm(req).then((form) => { req.body = form; callback(req, res); });
    } else {
      callback(req, res);
    }
  }
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
