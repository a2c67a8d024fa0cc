"""How kernels are compiled: the decorators, and a cache folder that knows every kernel source.

numba's disk cache does not notice an edited callee in another file, so the folder is named by a
hash of all of them. Import this module before any kernel.

Five things make a cold compile several times shorter, and the last of them the kernels faster as
well; a sixth, keeping machine code without its bitcode, makes loading them shorter. All but the first rely on numba's insides, which is why its version is bounded in
pyproject.toml: sources made plain beforehand (see expand.py), a pipeline without the passes that our
plain loops over arrays have no use for, operators resolved once for each choice of types, no machine
code for what only other kernels call, and cells of arrays taken as addresses.
"""

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numba
from llvmlite.binding import Linkage, parse_assembly
from numba.core import lowering, typed_passes, types, untyped_passes
from numba.core.compiler import CompilerBase, CompileResult, _LowerResult
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.runtime.nrt import rtsys

from scheduler.caches import caches
from scheduler.engines.expand import expanded


def cache_folder() -> Path:
    """Where kernels compiled from the present sources are kept; under LIANXIN_CACHE if that is set."""
    root = Path(__file__).parent  # numba keeps kernels by it: another copy's are not ours
    digest = hashlib.sha256(f"{numba.__version__} {root}".encode())
    sources = [*(root / "search").rglob("*.py"), *(root / "columns" / "cells").glob("*.py")]
    sources += (root / "columns" / "routes").glob("labels.py")
    sources += [root / "columns" / f"{name}.py" for name in ("labels", "bounds", "soft_minimum")]
    sources += [root / "expand.py", Path(__file__)]
    for source in sorted(sources):
        digest.update(source.relative_to(root).as_posix().encode())
        digest.update(source.read_bytes())
    return caches() / digest.hexdigest()[:16]


CACHE = cache_folder()
_config: dict[str, Any] = vars(numba.config)
_config.update(CACHE_DIR=str(CACHE), LOOP_VECTORIZE=0, SLP_VECTORIZE=0, OPT=type(_config["OPT"])(1))
"""Higher levels compile longer and, by measurement, run no faster."""


NEVER_WRITTEN = ("P", "T")
"""The arguments whose cells no kernel writes."""


class _Lower(lowering.Lower):
    """As numba's, but that a cell of an array is an address and nothing more.

    numba would unpack the whole array for each access and let a negative index count from the end.
    Of cells that nobody writes LLVM is told so, or it would read them again after every write.
    """

    def _address(self, array: Any, index: Any) -> Any:
        """Pointer to a cell of a C array; None where the index is not one whole number for each axis."""
        kind, index_kind = self.typeof(array.name), self.typeof(index.name)
        kinds = tuple(getattr(index_kind, "types", (index_kind,)))
        if not isinstance(kind, types.Array) or kind.layout != "C" or kind.ndim != len(kinds):
            return None
        if not all(isinstance(part, types.Integer) for part in kinds):
            return None
        build, cast = self.builder, self.context.cast
        value, given = self.loadvar(array.name), self.loadvar(index.name)
        field = self.context.data_model_manager[kind].get_field_position
        offset = None
        for axis, part in enumerate(kinds):
            number = build.extract_value(given, axis) if len(kinds) > 1 else given
            number = cast(build, number, part, types.intp)
            if offset is None:
                offset = number
            else:
                size = build.extract_value(value, [field("shape"), axis])
                offset = build.add(build.mul(offset, size), number)
        return build.gep(build.extract_value(value, field("data")), [offset], inbounds=True)

    def lower_getitem(self, resty: Any, expr: Any, value: Any, index: Any, signature: Any) -> Any:
        address = self._address(value, index)
        if address is None:
            return super().lower_getitem(resty, expr, value, index, signature)
        kind = self.typeof(value.name).dtype
        cell = self.context.unpack_value(self.builder, kind, address)
        if value.name in NEVER_WRITTEN and hasattr(cell, "set_metadata"):
            cell.set_metadata("invariant.load", self.builder.module.add_metadata([]))
        return self.context.cast(self.builder, cell, kind, resty)

    def lower_setitem(self, target: Any, index: Any, value: Any, signature: Any) -> Any:
        address = self._address(target, index)
        if address is None:
            return super().lower_setitem(target, index, value, signature)
        kind = self.typeof(target.name).dtype
        cell = self.loadvar(value.name)
        cell = self.context.cast(self.builder, cell, self.typeof(value.name), kind)
        self.context.pack_value(self.builder, kind, cell, address)
        return None


@register_pass(mutates_CFG=True, analysis_only=False)
class _Lowering(typed_passes.NativeLowering):
    """As numba's, with cells as addresses."""

    _name = "lowering"

    @property
    def lowering_class(self) -> type:
        return _Lower


@register_pass(mutates_CFG=True, analysis_only=False)
class _LoweringToLink(_Lowering):
    """To code that callers link, optimise and inline, once; none that a processor could run."""

    _name = "lowering_to_link"

    def run_pass(self, state: Any) -> bool:
        library = state.targetctx.codegen().create_library(state.func_id.func_qualname)
        library._optimize_final_module = lambda: None
        library._finalize_final_module = lambda: vars(library).update(_finalized=True)
        state.library = library
        state.flags.no_compile = True
        super().run_pass(state)
        known = state["cr"]
        entry: Any = [].append  # numba wants a builtin, its own for each function; never called
        state.targetctx.insert_user_function(entry, known.fndesc, [library])
        state["cr"] = _LowerResult(known.fndesc, known.call_helper, cfunc=entry, env=known.env)
        return True


class _Compiled(CompileResult):
    """A kernel, of which the disk keeps what Python calls: machine code, and nothing to link into other kernels.

    Reading back the bitcode, and an environment for each kernel in it, took longer than all else that loads one.
    """

    __slots__ = ()

    def _reduce(self: Any) -> Any:
        library = self.library
        library._get_module_for_linking = lambda: _names_only(library._final_module)
        return super()._reduce()

    def _find_referenced_environments(self) -> list[Any]:
        return [one for one in super()._find_referenced_environments() if one.consts]


def _names_only(module: Any) -> Any:
    """A module that defines the functions that are seen from outside, with nothing in them."""
    names = [
        one.name
        for one in module.functions
        if not one.is_declaration and one.linkage is Linkage.external
    ]
    return parse_assembly("\n".join(f'define void @"{name}"() {{ ret void }}' for name in names))


class _Pipeline(CompilerBase):
    """Only the passes that plain functions over arrays need.

    No static single assignment either: no variable of ours changes its type, and LLVM makes its own.
    """

    lowering: type = _Lowering

    def compile_extra(self, func: Callable[..., Any]) -> Any:
        return _Compiled(*super().compile_extra(expanded(func)))

    def define_pipelines(self) -> list[PassManager]:
        self.state.flags.noalias = True
        passes = PassManager("kernel")
        for step in (
            untyped_passes.TranslateByteCode,
            untyped_passes.FixupArgs,
            untyped_passes.IRProcessing,
            typed_passes.NopythonTypeInference,
            typed_passes.IRLegalization,
            typed_passes.AnnotateTypes,
            self.lowering,
            typed_passes.NoPythonBackend,
        ):
            passes.add_pass(step, step.__name__)
        passes.finalize()
        return [passes]


class _InnerPipeline(_Pipeline):
    lowering = _LoweringToLink


_COMMON: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
_INNER: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}


def inner(function: Callable[..., Any], *, inlined: bool = False) -> Any:
    """For functions that only kernels call: no wrappers, no reference counting, one signature.

    inlined: LLVM is told to put it into its callers, where it would rather call.
    numba would compile such a function once more for every constant that some caller passes.
    With NUMBA_DISABLE_JIT=1 it stays the Python function that it is.
    """
    if _config["DISABLE_JIT"]:
        return function
    options = {**_COMMON, **_INNER, "forceinline": inlined}
    compiled = numba.njit(pipeline_class=_InnerPipeline, **options)(function)
    template = compiled.get_call_template

    def plain(args: Any, kws: Any) -> Any:
        return template(tuple(map(types.unliteral, args)), kws)

    compiled.get_call_template = plain
    return compiled


def outer(function: Callable[..., Any]) -> Any:
    """For functions that Python calls; kept on disk with all that they call.

    With NUMBA_DISABLE_JIT=1 it stays the Python function that it is.
    """
    if _config["DISABLE_JIT"]:
        return function
    kernel = numba.njit(cache=True, pipeline_class=_Pipeline, **_COMMON)(function)
    cache = kernel._cache
    cache.load_overload = partial(_loaded, cache)
    return kernel


def _loaded(cache: Any, signature: Any, context: Any) -> Any:
    """A kernel from the disk, None where it is not there.

    numba would first load and register all that it knows to compile, which takes longer than the kernels.
    """
    rtsys.initialize(context)
    with cache._guard_against_spurious_io_errors():
        return cache._load_overload(signature, context)


def is_cold() -> bool:
    """Whether the first call will have to compile."""
    return not CACHE.exists() or not any(CACHE.rglob("*.nbi"))


def _remember_operators() -> None:
    """numba tries a dozen templates for every `+`, `[]` and `if` anew; the same types give the same one."""
    function: Any = types.Function
    resolve = function.get_call_type
    known_kinds = (types.Number, types.Boolean, types.Array)

    def remembered(self: Any, context: Any, args: Any, kws: Any) -> Any:
        plain = tuple(map(types.unliteral, args))
        builtin = getattr(self.typing_key, "__module__", None) in ("_operator", "builtins")
        if kws or not builtin or not all(isinstance(kind, known_kinds) for kind in plain):
            return resolve(self, context, args, kws)
        known = vars(self).setdefault("_lianxin_known", {})
        if plain not in known:
            known[plain] = resolve(self, context, plain, kws)
        return known[plain]

    function.get_call_type = remembered


_remember_operators()
