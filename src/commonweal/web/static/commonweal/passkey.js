// Passkeys: what the server asks goes to the browser, what the browser answers goes into the form. Nothing else.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (keys) => (keys || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function made({ publicKey }) {
  const asked = {
    ...publicKey, challenge: bytes(publicKey.challenge), user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: listed(publicKey.excludeCredentials),
    authenticatorSelection: {
      ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true,
      userVerification: "required",
    },
  };
  const key = await navigator.credentials.create({ publicKey: asked });
  return said(key, { attestationObject: text(key.response.attestationObject) });
}

async function used({ publicKey }) {
  const asked = {
    ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: listed(publicKey.allowCredentials),
  };
  const key = await navigator.credentials.get({ publicKey: asked });
  const { authenticatorData, signature, userHandle } = key.response;
  return said(key, {
    authenticatorData: text(authenticatorData), signature: text(signature), userHandle: text(userHandle),
  });
}

function said(key, more) {
  return {
    id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: key.getClientExtensionResults(),
    response: { clientDataJSON: text(key.response.clientDataJSON), ...more },
  };
}

async function asked(form) {
  const here = document.getElementById("passkey-asked");
  if (here) return Object.values(JSON.parse(here.textContent))[0];
  const answer = await fetch(form.action, {
    headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
  });
  return (await answer.json()).request_options;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const refusal = form.querySelector("[role=alert]");
    refusal.hidden = true;
    try {
      const answer = await (form.dataset.passkey === "create" ? made : used)(await asked(form));
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch {
      refusal.hidden = false;
    }
  });
}
