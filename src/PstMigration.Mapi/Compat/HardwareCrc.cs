#if !NETFRAMEWORK
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
#endif

namespace PstMigration.Mapi.Compat;

/// <summary>
/// CRC-32 (reflected, 0xEDB88320) by carry-less multiplication, where the processor and the runtime have it: 64 bytes are folded at
/// a time, the rest of 16 bytes reduced as Intel's "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ" describes.
/// </summary>
internal static class HardwareCrc
{
#if NETFRAMEWORK
    /// <summary>Takes in nothing: .NET Framework has no such instructions.</summary>
    public static uint Append(uint crc, ref ReadOnlySpan<byte> data) => crc;
#else
    // Fewer bytes are not worth it.
    private const int MinLength = 128;

    // Powers of x modulo the polynomial, bit-reflected: x^(512+32), x^(512-32); x^(128+32), x^(128-32); x^64; the polynomial and its
    // inverse for Barrett's reduction.
    private static readonly Vector128<ulong> s_fold512 = Vector128.Create(0x1_5444_2BD4ul, 0x1_C6E4_1596ul);
    private static readonly Vector128<ulong> s_fold128 = Vector128.Create(0x1_7519_97D0ul, 0x0_CCAA_009Eul);
    private static readonly Vector128<ulong> s_fold64 = Vector128.Create(0x1_63CD_6124ul, 0ul);
    private static readonly Vector128<ulong> s_barrett = Vector128.Create(0x1_DB71_0641ul, 0x1_F701_1641ul);
    private static readonly Vector128<ulong> s_low32 = Vector128.Create(0xFFFF_FFFFul, 0xFFFF_FFFFul);

    /// <summary>Takes in as many whole 16 bytes as it can and leaves the rest in <paramref name="data"/>.</summary>
    // Not first compiled without optimization, as methods are by default: most of a small file would be read before the better code comes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Append(uint crc, ref ReadOnlySpan<byte> data)
    {
        if (!Pclmulqdq.IsSupported || !BitConverter.IsLittleEndian || data.Length < MinLength)
        {
            return crc;
        }

        ReadOnlySpan<Vector128<ulong>> blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(data);
        data = data[(blocks.Length * Vector128<byte>.Count)..];
        Vector128<ulong> a = blocks[0] ^ Vector128.CreateScalar((ulong)crc);
        Vector128<ulong> b = blocks[1];
        Vector128<ulong> c = blocks[2];
        Vector128<ulong> d = blocks[3];
        blocks = blocks[4..];
        Vector128<ulong> fold512 = s_fold512;
        while (blocks.Length >= 4)
        {
            a = Fold(a, fold512) ^ blocks[0];
            b = Fold(b, fold512) ^ blocks[1];
            c = Fold(c, fold512) ^ blocks[2];
            d = Fold(d, fold512) ^ blocks[3];
            blocks = blocks[4..];
        }

        a = Fold(a, s_fold128) ^ b;
        a = Fold(a, s_fold128) ^ c;
        a = Fold(a, s_fold128) ^ d;
        foreach (Vector128<ulong> block in blocks)
        {
            a = Fold(a, s_fold128) ^ block;
        }

        return Reduce(a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Fold(Vector128<ulong> value, Vector128<ulong> powers) =>
        Pclmulqdq.CarrylessMultiply(value, powers, 0x00) ^ Pclmulqdq.CarrylessMultiply(value, powers, 0x11);

    // 128 bits to 64, to 32.
    private static uint Reduce(Vector128<ulong> value)
    {
        value = Sse2.ShiftRightLogical128BitLane(value, 8) ^ Pclmulqdq.CarrylessMultiply(value, s_fold128, 0x10);
        value = Sse2.ShiftRightLogical128BitLane(value, 4) ^ Pclmulqdq.CarrylessMultiply(value & s_low32, s_fold64, 0x00);
        Vector128<ulong> quotient = Pclmulqdq.CarrylessMultiply(value & s_low32, s_barrett, 0x10) & s_low32;
        return (value ^ Pclmulqdq.CarrylessMultiply(quotient, s_barrett, 0x00)).AsUInt32()[1];
    }
#endif
}
