#if !NETFRAMEWORK
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
#endif

namespace PstMigration.Pst.Compat;

/// <summary>Looks up many bytes in a table of 256 at once, where the processor (AVX-512 VBMI) and the runtime can.</summary>
internal static class HardwareSubstitution
{
#if NETFRAMEWORK
    /// <summary>Replaces nothing: .NET Framework has no such instructions.</summary>
    public static void Apply(byte[] table, ref Span<byte> data)
    {
    }
#else
    /// <summary>Replaces as many whole 64 bytes as it can and leaves the rest in <paramref name="data"/>.</summary>
    // Not first compiled without optimization, as methods are by default: most of a small file would be read before the better code comes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(byte[] table, ref Span<byte> data)
    {
        if (!Avx512Vbmi.IsSupported)
        {
            return;
        }

        // One instruction picks 64 bytes, each out of 128: the low and the high half of the table.
        ReadOnlySpan<Vector512<byte>> quarters = MemoryMarshal.Cast<byte, Vector512<byte>>(table);
        (Vector512<byte> a, Vector512<byte> b, Vector512<byte> c, Vector512<byte> d) = (quarters[0], quarters[1], quarters[2], quarters[3]);
        Span<Vector512<byte>> blocks = MemoryMarshal.Cast<byte, Vector512<byte>>(data);
        foreach (ref Vector512<byte> block in blocks)
        {
            Vector512<byte> low = Avx512Vbmi.PermuteVar64x8x2(a, block, b);
            Vector512<byte> high = Avx512Vbmi.PermuteVar64x8x2(c, block, d);
            Vector512<byte> isHigh = Vector512.LessThan(block.AsSByte(), Vector512<sbyte>.Zero).AsByte();
            block = Vector512.ConditionalSelect(isHigh, high, low);
        }

        data = data[(blocks.Length * Vector512<byte>.Count)..];
    }
#endif
}
