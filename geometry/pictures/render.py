"""Render meshes without a display: Embree casts the rays, numpy shades the pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh
from embreex.mesh_construction import TriangleMesh
from embreex.rtcore_scene import EmbreeScene
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import uniform_filter

from caddis.geometry.errors import ConfigError, EmptyMeshError, NonFiniteError
from caddis.geometry.triangles import corners, doubled_normals

FloatArray = NDArray[np.float64]
Colour = tuple[float, float, float]

CLAY: Colour = (0.86, 0.72, 0.55)
_BACKGROUND_TOP = np.array([0.985, 0.985, 0.985])
_BACKGROUND_BOTTOM = np.array([0.89, 0.905, 0.925])
_SUPERSAMPLING = 2
_TONE = 1 / 1.5  # soft tone curve: lifts the shadows
_DISTANCE = 5.0  # from eye to centre, in radii of the bounding sphere: a mild perspective
_CREASE_COSINE = np.cos(np.radians(40.0))  # sharper edges stay sharp, the rest is shaded smoothly


@dataclass(frozen=True)
class _Camera:
    """Eye and orthonormal axes; the object is centred with a bounding sphere of radius 1."""

    eye: FloatArray
    right: FloatArray
    up: FloatArray
    forward: FloatArray

    @classmethod
    def orbit(cls, azimuth_deg: float, elevation_deg: float) -> _Camera:
        azimuth, elevation = np.radians([azimuth_deg, elevation_deg])
        away = np.array(
            [
                np.sin(azimuth) * np.cos(elevation),
                -np.cos(azimuth) * np.cos(elevation),
                np.sin(elevation),
            ]
        )
        right = np.array([np.cos(azimuth), np.sin(azimuth), 0.0])
        return cls(_DISTANCE * away, right, np.cross(away, right), -away)

    def project(self, points: FloatArray) -> FloatArray:
        """Return picture-plane coordinates (N, 2) of points (N, 3), the plane at distance 1."""
        offset = points - self.eye
        depth = offset @ self.forward
        return np.stack([offset @ self.right, offset @ self.up], axis=1) / depth[:, None]

    def rays(self, pixels: int, middle: FloatArray, half_width: float) -> FloatArray:
        """Return unit ray directions (pixels * pixels, 3), row by row from the top left."""
        steps = (np.arange(pixels) + 0.5) / pixels * 2.0 - 1.0
        x, y = np.meshgrid(middle[0] + half_width * steps, middle[1] - half_width * steps)
        directions = self.forward + x.reshape(-1, 1) * self.right + y.reshape(-1, 1) * self.up
        return np.asarray(directions / np.linalg.norm(directions, axis=1, keepdims=True))


def render(
    mesh: trimesh.Trimesh,
    size: int = 256,
    *,
    azimuth_deg: float = -35.0,
    elevation_deg: float = 20.0,
    colour: Colour = CLAY,
    face_colours: FloatArray | None = None,
) -> Image.Image:
    """Draw a mesh from a three-quarter front view on a light background, Z up.

    The object fills the picture whatever its units. At azimuth 0 the camera looks
    at the front (it stands on the -Y side); a positive azimuth moves it towards +X.
    Both sides of a face are drawn. The light is a key light beside the camera, a fill
    light from the other side and a sky term. Corners are darkened by unsharp masking
    of the depth buffer (Luft et al. 2006, "Image enhancement by unsharp masking the
    depth buffer"). Each pixel is the mean of 2 x 2 samples.

    Args:
        mesh: Any mesh with faces, in any units.
        size: Side of the square picture in pixels.
        azimuth_deg: Camera azimuth in degrees.
        elevation_deg: Camera height above the horizon in degrees, -89 to 89.
        colour: Surface colour, linear 0..1.
        face_colours: (F, 3) one colour per face, used instead of `colour`.

    Raises:
        EmptyMeshError: The mesh has no faces or no extent.
        NonFiniteError: A vertex is NaN or infinite.
        ConfigError: The size is below 1, the elevation is out of range, or `face_colours` has
            another shape.
    """
    if face_colours is not None and face_colours.shape != (len(mesh.faces), 3):
        raise ConfigError("there must be one colour per face", "face_colours")
    if size < 1:
        raise ConfigError("a picture needs at least one pixel", f"size={size}")
    if not -89.0 <= elevation_deg <= 89.0:
        raise ConfigError("the camera cannot look straight down", f"elevation_deg={elevation_deg}")
    vertices = _normalised(mesh)
    faces = np.asarray(mesh.faces, dtype=np.int64)
    camera = _Camera.orbit(azimuth_deg, elevation_deg)
    colours = np.asarray(colour) if face_colours is None else face_colours
    image = _shade(vertices, faces, camera, size * _SUPERSAMPLING, colours)
    blocks = image.reshape(size, _SUPERSAMPLING, size, _SUPERSAMPLING, 3).mean(axis=(1, 3))
    return Image.fromarray(np.round(255.0 * np.clip(blocks, 0.0, 1.0)).astype(np.uint8), "RGB")


def _normalised(mesh: trimesh.Trimesh) -> FloatArray:
    vertices = np.asarray(mesh.vertices, dtype=np.float64)
    if len(mesh.faces) == 0:
        raise EmptyMeshError("nothing to draw: the mesh has no faces")
    used = vertices[np.unique(mesh.faces)]
    if not np.isfinite(used).all():
        raise NonFiniteError("cannot draw a mesh with NaN or infinite coordinates")
    centre = (used.min(axis=0) + used.max(axis=0)) / 2
    radius = float(np.linalg.norm(used - centre, axis=1).max())
    if radius == 0.0:
        raise EmptyMeshError("nothing to draw: all corners are at one point")
    return np.asarray((vertices - centre) / radius)


def _shade(
    vertices: FloatArray,
    faces: NDArray[np.int64],
    camera: _Camera,
    pixels: int,
    colours: FloatArray,
) -> FloatArray:
    """Return the picture (pixels, pixels, 3) before anti-aliasing; `colours` is (3,) or (F, 3)."""
    seen = camera.project(vertices[np.unique(faces)])
    low, high = seen.min(axis=0), seen.max(axis=0)
    directions = camera.rays(pixels, (low + high) / 2, 0.54 * float((high - low).max()))
    ramp = np.linspace(0.0, 1.0, pixels)[:, None]
    image = np.repeat(_BACKGROUND_TOP * (1 - ramp) + _BACKGROUND_BOTTOM * ramp, pixels, axis=0)
    scene = EmbreeScene()
    TriangleMesh(scene, corners(vertices, faces).astype(np.float32))
    origins = np.repeat(camera.eye[None].astype(np.float32), len(directions), axis=0)
    found = scene.run(origins, directions.astype(np.float32), output=True)
    hit = np.flatnonzero(found["primID"] >= 0)
    if len(hit) == 0:
        return image.reshape(pixels, pixels, 3)
    u, v = found["u"][hit].astype(np.float64), found["v"][hit].astype(np.float64)
    normals = _shading_normals(vertices, faces, found["primID"][hit], u, v)
    facing_away = np.einsum("ij,ij->i", normals, directions[hit]) > 0.0
    normals[facing_away] *= -1.0
    openness = _openness(found["tfar"].astype(np.float64), hit, pixels)
    brightness = (_light(normals, camera) * openness) ** _TONE
    seen_colours = colours if colours.ndim == 1 else colours[found["primID"][hit]]
    image[hit] = seen_colours**_TONE * brightness[:, None]
    return image.reshape(pixels, pixels, 3)


def _light(normals: FloatArray, camera: _Camera) -> FloatArray:
    key = -0.6 * camera.forward + 0.45 * camera.right + 0.65 * camera.up
    fill = -0.4 * camera.forward - 0.9 * camera.right + 0.15 * camera.up
    lit = 0.24 + 0.12 * normals[:, 2]  # sky above, darker ground below
    for direction, strength in ((key, 0.72), (fill, 0.30)):
        facing = normals @ (direction / np.linalg.norm(direction))
        lit = lit + strength * np.maximum(facing, 0.0)
    return np.asarray(lit)


def _openness(depth: FloatArray, hit: NDArray[np.int64], pixels: int) -> FloatArray:
    """Return 0.6..1 for each hit pixel: low where its surroundings are nearer to the eye."""
    far = depth[hit].max()
    buffer = np.full(pixels * pixels, far)
    buffer[hit] = depth[hit]
    window = max(3, pixels // 12)
    smooth = uniform_filter(uniform_filter(buffer.reshape(pixels, pixels), window), window)
    behind = np.maximum(buffer - smooth.ravel(), 0.0)[hit]
    return np.asarray(1.0 - np.minimum(1.5 * behind, 0.4))


def _shading_normals(
    vertices: FloatArray,
    faces: NDArray[np.int64],
    hit_faces: NDArray[np.int32],
    u: FloatArray,
    v: FloatArray,
) -> FloatArray:
    """Return unit normals (N, 3), interpolated between corners and sharp at creases."""
    cross = doubled_normals(corners(vertices, faces))
    unit = cross / np.maximum(np.linalg.norm(cross, axis=1, keepdims=True), 1e-30)
    visible, position = np.unique(hit_faces, return_inverse=True)
    at_corners = _corner_normals(faces, cross, unit, visible)[position]
    weights = np.stack([1.0 - u - v, u, v], axis=1)
    smooth = np.einsum("ij,ijk->ik", weights, at_corners)
    length = np.linalg.norm(smooth, axis=1, keepdims=True)
    return np.asarray(np.where(length > 1e-9, smooth / np.maximum(length, 1e-9), unit[hit_faces]))


def _corner_normals(
    faces: NDArray[np.int64], cross: FloatArray, unit: FloatArray, visible: NDArray[np.int32]
) -> FloatArray:
    """Return (len(visible), 3 corners, 3) normals, averaged by area except across creases."""
    order = np.argsort(faces.ravel(), kind="stable")
    incident = order // 3  # faces, grouped by vertex
    count = np.bincount(faces.ravel())
    start = np.cumsum(count) - count
    ends = faces[visible].ravel()
    fan = count[ends]
    owner = np.repeat(np.arange(len(ends)), fan)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(fan) - fan, fan)
    neighbour = incident[start[ends][owner] + within]
    owner_face = visible[owner // 3]
    smooth = np.einsum("ij,ij->i", unit[neighbour], unit[owner_face]) > _CREASE_COSINE
    sums = np.stack(
        [
            np.bincount(owner, np.where(smooth, cross[neighbour, axis], 0.0), len(ends))
            for axis in range(3)
        ],
        axis=1,
    )
    length = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray((sums / np.maximum(length, 1e-30)).reshape(-1, 3, 3))
