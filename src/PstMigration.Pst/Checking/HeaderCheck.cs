using System.Buffers.Binary;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>The fields of the header and ROOT that can be judged by themselves.</summary>
internal static class HeaderCheck
{
    private const string Name = "header";
    private const int FreeMapsLength = 256;

    /// <summary>Checks the bytes of a header whose magic, version and encoding are known ones.</summary>
    public static void Run(CheckContext context, ReadOnlySpan<byte> bytes)
    {
        CheckIdentity(context, bytes);
        CheckSums(context, bytes);
        CheckReserved(context, bytes);
        CheckRoot(context);
        if (context.Header.NextBlock.Value % BlockId.Step != 0)
        {
            context.Report(PstCheckRules.NextBlock, 0, Name, context.Header.NextBlock.Value, 0);
        }
    }

    private static void CheckIdentity(CheckContext context, ReadOnlySpan<byte> bytes)
    {
        PstHeader header = context.Header;
        if (header.Kind is not (PstKind.Pst or PstKind.Ost or PstKind.Pab))
        {
            context.Report(PstCheckRules.ClientMagic, 8, Name, (ushort)header.Kind);
        }

        if (header.Version is not (14 or 15 or 23 or 36))
        {
            context.Report(PstCheckRules.Version, 10, Name, header.Version);
        }

        int expected = header.Kind == PstKind.Ost ? 12 : 19;
        if (header.Kind is PstKind.Pst or PstKind.Ost && header.ClientVersion != expected)
        {
            context.Report(PstCheckRules.ClientVersion, 12, Name, header.ClientVersion, expected);
        }

        if (bytes[14] != 1 || bytes[15] != 1)
        {
            context.Report(PstCheckRules.Platform, 14, Name, bytes[14], bytes[15]);
        }
    }

    private static void CheckSums(CheckContext context, ReadOnlySpan<byte> bytes)
    {
        (uint stored, uint computed) = PstHeader.PartialChecksum(bytes);
        if (stored != computed)
        {
            context.Report(PstCheckRules.HeaderPartialCrc, 4, Name, stored, computed);
        }

        if (context.Layout.IsWide)
        {
            (stored, computed) = PstHeader.FullChecksum(bytes);
            if (stored != computed)
            {
                context.Report(PstCheckRules.HeaderFullCrc, PstHeader.WideFullCrc, Name, stored, computed);
            }
        }
    }

    private static void CheckReserved(CheckContext context, ReadOnlySpan<byte> bytes)
    {
        PstLayout layout = context.Layout;
        int sentinel = layout.HeaderSentinel;
        if (bytes[sentinel] != PstHeader.Sentinel)
        {
            context.Report(PstCheckRules.Sentinel, sentinel, Name, bytes[sentinel]);
        }

        ushort reserved = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(sentinel + 2)..]);
        if (reserved != 0)
        {
            context.Report(PstCheckRules.HeaderReserved, sentinel + 2, Name, reserved);
        }

        if (layout.IsWide)
        {
            int align = layout.HeaderFreeMaps - sizeof(uint);
            uint value = BinaryPrimitives.ReadUInt32LittleEndian(bytes[align..]);
            if (value != 0)
            {
                context.Report(PstCheckRules.HeaderAlign, align, Name, value);
            }
        }

        byte fill = layout.Format == PstFormat.Unicode4K ? (byte)0 : (byte)0xFF;
        foreach (byte b in bytes.Slice(layout.HeaderFreeMaps, FreeMapsLength))
        {
            if (b != fill)
            {
                context.Report(PstCheckRules.FreeMapBytes, layout.HeaderFreeMaps, Name);
                break;
            }
        }
    }

    private static void CheckRoot(CheckContext context)
    {
        PstLayout layout = context.Layout;
        PstRoot root = context.Header.Root;
        long body = root.FileLength - layout.FirstAMapOffset;
        if (body > 0)
        {
            if (body % layout.AMapCoverage != 0)
            {
                context.Report(PstCheckRules.RegionSize, layout.HeaderRoot, Name, body % layout.AMapCoverage);
            }

            long last = layout.FirstAMapOffset + ((body - 1) / layout.AMapCoverage * layout.AMapCoverage);
            if (root.LastAMapOffset != last)
            {
                context.Report(PstCheckRules.LastAMap, layout.HeaderRoot, Name, root.LastAMapOffset, last);
            }
        }

        switch (root.AMapValidity)
        {
            case AMapValidity.Valid2:
                break;
            case AMapValidity.Valid1:
                context.Report(PstCheckRules.AMapLegacy, layout.HeaderRoot, Name, (byte)root.AMapValidity);
                break;
            case AMapValidity.Invalid:
                context.Report(PstCheckRules.AMapsInvalid, layout.HeaderRoot, Name);
                break;
            default:
                context.Report(PstCheckRules.AMapValidity, layout.HeaderRoot, Name, (byte)root.AMapValidity);
                break;
        }

        if (root.PMapFreeBytes != 0)
        {
            context.Report(PstCheckRules.PageMapUsed, layout.HeaderRoot, Name, root.PMapFreeBytes);
        }
    }
}
