"""The pages: forms and text made on the server, so that they work without script."""

from fastapi import APIRouter

from api.routes.pages import ask, other, register, source

router = APIRouter(include_in_schema=False)
for _module in (ask, register, source, other):
    router.include_router(_module.router)
