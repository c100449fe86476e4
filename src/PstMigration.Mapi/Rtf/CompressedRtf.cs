using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using PstMigration.Mapi.Compat;

namespace PstMigration.Mapi;

/// <summary>
/// Compressed RTF ([MS-OXRTFCP]), the form of <see cref="PropertyTags.RtfCompressed"/>.
/// </summary>
public static class CompressedRtf
{
    /// <summary>Bytes of RTF a caller takes who names no limit: 64 MB.</summary>
    public const int DefaultMaximumSize = 64 * 1024 * 1024;

    private const int RingSize = 4096;
    private const int MaximumMatch = 17;

    /// <summary>Bytes of output at first.</summary>
    private const int FirstSize = 64 * 1024;

    private static ReadOnlySpan<byte> Preload =>
        """{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"""u8;

    private static ReadOnlySpan<byte> PreloadEnd => "\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"u8;

    /// <summary>
    /// Decompresses. What can be read of a damaged value is given with its <paramref name="defects"/>. Memory follows the
    /// bytes really produced, never the size a header claims.
    /// </summary>
    /// <returns>The RTF without trailing NULs; empty where nothing could be read.</returns>
    public static byte[] Decompress(ReadOnlySpan<byte> value, out RtfDefects defects, int maximumSize = DefaultMaximumSize)
    {
        if (!CompressedRtfHeader.TryRead(value, out CompressedRtfHeader header))
        {
            defects = RtfDefects.UnknownFormat;
            return [];
        }

        ReadOnlySpan<byte> body = value[CompressedRtfHeader.Size..];
        int declared = (int)Math.Min(header.CompressedSize - (CompressedRtfHeader.Size - 4), int.MaxValue);
        defects = declared > body.Length ? RtfDefects.Truncated : RtfDefects.None;
        body = body[..Math.Min(declared, body.Length)];
        if (header.IsStored)
        {
            int size = (int)Math.Min(header.RawSize, (uint)body.Length);
            return Trim(body[..Limit(size, maximumSize, ref defects)]);
        }

        if (defects == RtfDefects.None && MapiCrc.Compute(body) != header.Crc)
        {
            defects |= RtfDefects.Checksum;
        }

        return Expand(body, header.RawSize, maximumSize, ref defects);
    }

    /// <summary>Compresses.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> rtf) => new LzfuCompressor(rtf.Length).Compress(rtf);

    /// <summary>Wraps without compressing; larger, and as valid.</summary>
    public static byte[] Store(ReadOnlySpan<byte> rtf)
    {
        byte[] value = new byte[CompressedRtfHeader.Size + rtf.Length];
        CompressedRtfHeader.Stored(rtf.Length).Write(value);
        rtf.CopyTo(value.AsSpan(CompressedRtfHeader.Size));
        return value;
    }

    /// <summary>The ring as both sides start with it, and the position of the next byte.</summary>
    internal static byte[] NewRing(out int position)
    {
        byte[] ring = new byte[RingSize];
        Preload.CopyTo(ring);
        PreloadEnd.CopyTo(ring.AsSpan(Preload.Length));
        position = Preload.Length + PreloadEnd.Length;
        return ring;
    }

    [MethodImpl(Compiling.Optimized)]
    private static byte[] Expand(ReadOnlySpan<byte> body, uint rawSize, int maximumSize, ref RtfDefects defects)
    {
        byte[] ring = NewRing(out int write);
        int limit = (int)Math.Min(rawSize, maximumSize);

        // One pair of bytes gives at most 17: the bytes at hand bound the output.
        byte[] output = new byte[(int)Math.Min(Math.Min(limit, FirstSize), (body.Length * (long)MaximumMatch) + 1)];
        int length = 0;
        bool ended = false;
        for (int at = 0; at < body.Length && length < limit && !ended;)
        {
            int control = body[at++];
            for (int bit = 0; bit < 8 && at < body.Length && length < limit; bit++, control >>= 1)
            {
                int from = write;
                int count = 1;
                if ((control & 1) == 0)
                {
                    ring[write] = body[at++];
                }
                else
                {
                    int reference = at + 1 < body.Length ? BinaryPrimitives.ReadUInt16BigEndian(body[at..]) : write << 4;
                    at += 2;
                    from = reference >> 4;
                    count = Math.Min((reference & 0xF) + 2, limit - length);
                    if (from == write)
                    {
                        ended = true;
                        break;
                    }
                }

                if (length + count > output.Length)
                {
                    Array.Resize(ref output, (int)Math.Min(limit, Math.Max(256L, output.Length * 2L)));
                }

                for (; count > 0; count--)
                {
                    byte b = ring[from];
                    ring[write] = b;
                    output[length++] = b;
                    from = (from + 1) % RingSize;
                    write = (write + 1) % RingSize;
                }
            }
        }

        defects |= length >= rawSize ? RtfDefects.None : length == maximumSize ? RtfDefects.TooLarge : RtfDefects.Truncated;
        return length > 0 && length == output.Length && output[^1] != 0 ? output : Trim(output.AsSpan(0, length));
    }

    private static int Limit(int size, int maximumSize, ref RtfDefects defects)
    {
        defects |= size > maximumSize ? RtfDefects.TooLarge : RtfDefects.None;
        return Math.Min(size, maximumSize);
    }

    private static byte[] Trim(ReadOnlySpan<byte> rtf)
    {
        int length = rtf.Length;
        while (length > 0 && rtf[length - 1] == 0)
        {
            length--;
        }

        return rtf[..length].ToArray();
    }
}
