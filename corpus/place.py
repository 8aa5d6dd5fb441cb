"""Where an archive may stand, and the lock that lets one process at a time read documents in."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import ArchiveLockedError, ArchivePlaceError

LOCK_NAME = "inlasning.lock"
# File systems where SQLite's write-ahead log is unsafe: its shared memory file does not work between machines.
NETWORK_KINDS = frozenset(
    "nfs nfs4 cifs smb smbfs smb2 smb3 afs ncpfs 9p drvfs davfs fuse.sshfs fuse.davfs2 fuse.rclone fuse.gvfsd-fuse "
    "fuse.s3fs fuse.glusterfs glusterfs ceph fuse.ceph lustre beegfs webdav afpfs vboxsf fuse.vmhgfs-fuse".split()
)
# Folders that synchronising programs make, by the start of the name, and the marks that they leave.
SYNCED_NAMES = (
    "onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud", "mobile documents", "cloudstorage",
    "nextcloud", "owncloud", "box sync", "pcloud", "syncthing", "sharepoint", "creative cloud files",
)  # fmt: skip
SYNCED_MARKS = (".stfolder", ".dropbox", ".owncloudsync.log", ".nextcloudsync.log", ".sync", ".tmp.driveupload")


def check_place(folder: Path) -> None:
    """Raises ArchivePlaceError on a network drive or in a synchronised folder."""
    whole = Path(os.path.abspath(folder))
    kind = _file_system(_existing(whole.resolve()))
    if kind in NETWORK_KINDS or str(folder).startswith(("\\\\", "//")):
        raise ArchivePlaceError(
            f"Arkivet kan inte ligga på en nätverksenhet ({kind or 'UNC'})",
            str(folder),
            "Välj en mapp på datorns egen disk och spara säkerhetskopior på nätverket med motesminne backup.",
        )
    name = _synced(whole) or _synced(whole.resolve())
    if name:
        raise ArchivePlaceError(
            f"Arkivet kan inte ligga i en synkroniserad mapp ({name})",
            str(folder),
            "Välj en mapp utanför den och lägg säkerhetskopior i den synkroniserade mappen med motesminne backup.",
        )


def _existing(path: Path) -> Path:
    return next(p for p in (path, *path.parents) if p.exists())


def _synced(path: Path) -> str | None:
    for step in (path, *path.parents):
        name = step.name.lower()
        if name.startswith(SYNCED_NAMES):
            return step.name
        if any((step / mark).exists() for mark in SYNCED_MARKS) and step != step.parent:
            return step.name
    return None


def _file_system(path: Path) -> str | None:
    """The kind of file system that `path` stands on, as the system names it; None where that cannot be told."""
    if sys.platform == "win32":
        import ctypes

        return "smb" if ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == 4 else None
    return mount_kind(path, _mounts())


def _mounts() -> str:
    mounts = Path("/proc/self/mounts")
    return mounts.read_text(encoding="utf-8", errors="replace") if mounts.exists() else ""


def mount_kind(path: Path, mounts: str) -> str | None:
    """The kind of the innermost mount that holds `path`, from the text of /proc/mounts."""
    best, kind = "", None
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        point = fields[1].encode().decode("unicode_escape")
        inside = path.as_posix() == point or path.as_posix().startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind


@contextmanager
def reader_in_lock(folder: Path) -> Iterator[None]:
    """Held by the one process that reads documents in; another is refused at once."""
    lock = FileLock(folder / LOCK_NAME, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise ArchiveLockedError(
            "Dokument läses redan in i arkivet",
            f"{folder}{_holder(folder)}",
            "Vänta tills inläsningen är klar. Frågor går att ställa under tiden.",
        ) from error
    try:
        (folder / f"{LOCK_NAME}.pid").write_text(str(os.getpid()), encoding="utf-8")
        yield
    finally:
        lock.release()


def _holder(folder: Path) -> str:
    try:
        return f", process {(folder / f'{LOCK_NAME}.pid').read_text(encoding='utf-8')}"
    except OSError:
        return ""
