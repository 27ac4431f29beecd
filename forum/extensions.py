"""The libraries that hold on to the application: made here, bound in `create_app`."""

from __future__ import annotations

from flask_caching import Cache
from flask_compress import Compress
from flask_limiter import Limiter
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from forum.core.database import Base
from forum.core.network import limit_key

db = SQLAlchemy(model_class=Base)
login = LoginManager()
csrf = CSRFProtect()
migrate = Migrate()
limiter = Limiter(limit_key)
cache = Cache()
compress = Compress()
