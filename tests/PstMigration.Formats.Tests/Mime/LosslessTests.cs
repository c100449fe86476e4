using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Mime;

/// <summary>Properties written along in headers of our own. <see cref="PropertyTests"/> tries them on the real files.</summary>
public sealed class LosslessTests
{
    private static readonly MimeExportOptions s_all = new() { IncludeAllProperties = true, IncludeMailboxState = true, IncludeState = true };

    /// <summary>More recipients than rows are read of again come back from the line of addresses, and it is told.</summary>
    [Fact]
    public void Recipients_of_a_long_list_come_back()
    {
        MapiItem item = Mail.Item();
        for (int i = 0; i < 12_000; i++)
        {
            item.Recipients.Add(Mail.Recipient(1, "n" + i, "a" + i + "@b.example"));
        }

        MapiItem back = MimeImport.Read(Mail.Bytes(item, s_all), new MimeImportOptions { IsFromOwnFile = true });

        Assert.Contains("TooLarge", Mail.Losses(item, s_all), StringComparison.Ordinal);
        Assert.Equal(item.Recipients.Select(r => r.SmtpAddress).OrderBy(a => a, StringComparer.Ordinal), back.Recipients.Select(r => r.SmtpAddress).OrderBy(a => a, StringComparer.Ordinal));
    }

    [Fact]
    public void Named_properties_and_lists_of_every_type_come_back()
    {
        MapiItem item = Mail.Item(text: "text\r\n");
        PropertyName own = new(Guid.NewGuid(), "名前 with blanks/=");
        item.Properties.Set(own, "値");
        item.Properties[new PropertyName(PropertySets.Common, 0x8510)] = PropertyValue.FromBits(PropertyType.Floating64, BitConverter.DoubleToInt64Bits(1.5));
        item.Properties[new PropertyKey(0x6700 - 0x1000)] = PropertyValue.FromMultiple(PropertyType.MultipleInteger32, new long[] { 1, -1 });
        item.Properties[new PropertyKey(0x5701)] = PropertyValue.FromMultiple(PropertyType.MultipleString, new[] { "", "a\0b", "日本" });
        item.Properties[new PropertyKey(0x5702)] = PropertyValue.FromMultiple(PropertyType.MultipleBinary, new byte[][] { [], [1, 2] });
        item.Properties[new PropertyKey(0x5703)] = PropertyValue.FromGuid(Guid.NewGuid());
        item.Properties[new PropertyKey(0x5704)] = PropertyValue.FromBits(PropertyType.Time, long.MaxValue);
        item.Properties.Set(new PropertyKey(0x5705), new byte[40_000]);
        item.Properties.Set(new PropertyKey(0x5706), new byte[60_000]);

        using System.IO.MemoryStream stream = new();
        IReadOnlyList<ItemLoss> losses = MimeExport.Write(item, stream, s_all);
        MapiItem back = MimeImport.Read(stream.ToArray(), new MimeImportOptions { IsFromOwnFile = true });

        Assert.Equal(new PropertyKey(0x5706).ToString(), Assert.Single(losses).Detail);
        Assert.Equal(["item 0x5706"], ItemDifference.Between(item, back).Select(d => d.Of + " " + d.Key));
        Assert.False(MimeImport.Read(stream.ToArray()).Properties.Contains(own));
    }

    [Fact]
    public void Damaged_headers_are_passed_over()
    {
        MimeKit.HeaderList headers = [];
        MapiItem item = Mail.Item();
        item.Properties[new PropertyKey(0x5702)] = PropertyValue.FromMultiple(PropertyType.MultipleBinary, new byte[][] { [], [1, 2] });
        PropertyHeaders.Write(item.Properties, headers);
        Random random = new(29);
        for (int i = 0; i < 2000; i++)
        {
            MimeKit.HeaderList damaged = [];
            foreach (MimeKit.Header header in headers)
            {
                byte[] raw = (byte[])header.RawValue.Clone();
                raw[random.Next(raw.Length - 2)] = (byte)random.Next(32, 127);
                MimeKit.Header copy = new(header.Field, "x");
                copy.SetRawValue(raw);
                damaged.Add(copy);
            }

            PropertyHeaders.Read(damaged, new PropertyBag());
        }
    }
}
