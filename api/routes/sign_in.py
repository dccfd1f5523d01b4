"""Signing in and out: by the token that the server printed, or by an identity provider (OpenID Connect)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.audit import Act
from api.here import page, person_of
from api.identity import COOKIE, OWNER_NAME, Identity
from api.roles import NOBODY
from assistant.settings import Settings

if TYPE_CHECKING:
    from authlib.integrations.starlette_client import StarletteOAuth2App

router = APIRouter(include_in_schema=False)
BACK = "/sign-in/back"
_TOO_MANY_GROUPS = (
    "Your organisation's sign-in named too many groups to send them, so it is not known what you may see. Ask its "
    "administrator to send only the groups that are assigned to this service."
)


def provider_of(settings: Settings) -> StarletteOAuth2App:
    """The client of the identity provider: code flow with PKCE, state and nonce."""
    from authlib.integrations.starlette_client import OAuth

    secret = settings.oidc_client_secret.get_secret_value() if settings.oidc_client_secret else None
    client = OAuth().register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=secret,
        server_metadata_url=f"{(settings.oidc_issuer or '').rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": 10},
    )
    assert client is not None
    return client


@router.get("/sign-in")
async def sign_in(request: Request) -> Response:
    """The form for the token, or the way to the identity provider."""
    settings: Settings = request.app.state.settings
    if settings.sign_in == "oidc":
        to = f"{(settings.public_url or '').rstrip('/')}{BACK}"
        try:
            there: Response = await request.app.state.provider.authorize_redirect(request, to)
        except _faults():
            return _refused(request, "The identity provider cannot be reached just now. Try again in a minute.", 503)
        return there
    return page(request, "sign_in.html", way=settings.sign_in, error="")


@router.post("/sign-in", response_class=HTMLResponse)
def with_token(request: Request, token: Annotated[str, Form(max_length=500)] = "") -> Response:
    """The front page for the owner; the form again where the token is not the one."""
    cookie = request.app.state.identity.begun(token.strip())
    if cookie is None:
        words = "That is not the token of this server. Use the one that it printed when it was started last."
        return page(request, "sign_in.html", 401, way=request.app.state.settings.sign_in, error=words)
    return signed_in(request, OWNER_NAME, cookie)


@router.get(BACK)
async def back(request: Request) -> Response:
    """What the identity provider said; nobody is signed in unless all of it holds."""
    settings: Settings = request.app.state.settings
    if settings.sign_in != "oidc":
        return RedirectResponse("/sign-in", status_code=303)
    try:
        token = await request.app.state.provider.authorize_access_token(request)
        claims = token.get("userinfo")
    except _faults() as error:
        return _refused(request, f"The sign-in could not be finished ({type(error).__name__}). Begin again.")
    try:
        name, groups = named(claims or {}, settings)
    except ValueError as error:
        return _refused(request, str(error))
    identity: Identity = request.app.state.identity
    cookie = identity.sessions.begin(name, groups, identity.way, token.get("id_token", ""))
    return signed_in(request, name, cookie)


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Ends the sign-in, here and at the identity provider where that has a page for it."""
    identity: Identity = request.app.state.identity
    cookie = request.cookies.get(COOKIE, "")
    session = identity.sessions.find(cookie) if cookie else None
    identity.sessions.end(cookie)
    if session:
        request.app.state.audit.note(Act.SIGNED_OUT, person_of(request))
    where = "/"
    if session and identity.settings.sign_in == "oidc":
        to = f"{(identity.settings.public_url or '').rstrip('/')}/"
        with suppress(*_faults()):  # it may have no address that ends the sign-in there too
            made = await request.app.state.provider.create_logout_url(
                post_logout_redirect_uri=to, id_token_hint=session.id_token or None
            )
            where = str(made["url"])
    response = RedirectResponse(where, status_code=303)
    response.delete_cookie(COOKIE)
    return response


def signed_in(request: Request, name: str, cookie: str, to: str = "/") -> Response:
    """The way to a page with the cookie of a new sign-in, which no script reads and no other site sends."""
    settings: Settings = request.app.state.settings
    request.app.state.audit.note(Act.SIGNED_IN, replace(NOBODY, name=name))
    response = RedirectResponse(to, status_code=303)
    response.set_cookie(
        COOKIE, cookie, max_age=settings.session_hours * 3600, httponly=True, samesite="lax",
        secure=is_secure(settings) or request.url.scheme == "https",
    )  # fmt: skip
    return response


def is_secure(settings: Settings) -> bool:
    """Whether readers open the pages over TLS."""
    return (settings.public_url or "").startswith("https://")


def named(claims: dict[str, Any], settings: Settings) -> tuple[str, tuple[str, ...]]:
    """The name and the groups that the claims give. Raises: ValueError, with words for the reader.

    Where a provider has more groups than it sends, or sends something else than a list, nobody is signed in."""
    claim = settings.oidc_name_claim
    name = claims.get(claim)
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f'The identity provider gave no "{claim}", by which people are named here.')
    if claim == "email" and claims.get("email_verified") is not True:
        raise ValueError("The identity provider does not say that your e-mail address was verified.")
    elsewhere = claims.get("_claim_names")
    over = isinstance(elsewhere, dict) and settings.oidc_groups_claim in elsewhere
    if over or claims.get("hasgroups"):
        raise ValueError(_TOO_MANY_GROUPS)
    groups = claims.get(settings.oidc_groups_claim, [])
    if not isinstance(groups, list) or not all(isinstance(one, str) for one in groups):
        raise ValueError("The identity provider sent your groups in a form that is not a list of names.")
    return name.strip(), tuple(groups)


def _faults() -> tuple[type[Exception], ...]:
    """What a provider's answer, or its absence, raises."""
    from authlib.common.errors import AuthlibBaseError
    from httpx2 import HTTPError
    from joserfc.errors import JoseError

    return AuthlibBaseError, JoseError, HTTPError, KeyError, ValueError, TypeError, RuntimeError


def _refused(request: Request, words: str, status: int = 401) -> Response:
    return page(request, "sign_in.html", status, way="oidc", error=words)
