using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PstMigration.Formats.Tests.Trees;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.Mime;

/// <summary>With all properties written along, an item loses nothing on its way through MIME but what docs/fidelity.md lists.</summary>
public sealed class LosslessTests
{
    private static readonly MimeExportOptions s_all = new() { IncludeAllProperties = true, IncludeMailboxState = true, IncludeState = true };

    /// <summary>The list of docs/fidelity.md: bodies and headers are compared as what they say, the store's own ids not at all.</summary>
    private static readonly HashSet<ushort> s_listed =
    [
        0x1000, 0x1013, 0x007D, 0x3701, 0x3705,
        0x0E05, 0x0E07, 0x0E08, 0x0E09, 0x0E12, 0x0E13, 0x0E17, 0x0E1B, 0x0E20, 0x0E21, 0x0E23, 0x0E27, 0x0E30, 0x0E33, 0x0E34, 0x0E38, 0x0E3C, 0x0E3D,
        0x0FF4, 0x0FF5, 0x0FF6, 0x0FF7, 0x0FF8, 0x0FF9, 0x0FFA, 0x0FFB,
    ];

    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_property_of_real_items_comes_back(string? file)
    {
        Assert.SkipWhen(file is null, "The folder of real files is not beside this checkout.");
        using PstFile pst = PstFile.Open(TestData.Path(file!));
        foreach ((SourceFolder _, ItemKey key, MapiItem item) in await Store.ReadAsync(new PstItemSource(pst)))
        {
            using System.IO.MemoryStream stream = new();
            HashSet<string> told = [.. MimeExport.Write(item, stream, s_all).Where(l => l.Kind == LossKind.Field).Select(l => l.Detail)];

            MapiItem back = MimeImport.Read(stream.ToArray(), new MimeImportOptions { IsFromOwnFile = true });

            Compare(item.Properties, back.Properties, told, key + " item");
            Assert.Equal(item.Recipients.Count, back.Recipients.Count);
            for (int i = 0; i < item.Recipients.Count; i++)
            {
                Compare(item.Recipients[i].Properties, back.Recipients[i].Properties, told, key + " recipient " + i);
            }

            List<MapiAttachment> carried = item.Attachments.Where(a => a.Content is not null && a.Method == AttachMethod.ByValue).ToList();
            List<MapiAttachment> files = back.Attachments.ToList();
            foreach (MapiAttachment attachment in item.IsOfClass("IPM.Note.SMIME") ? [] : carried)
            {
                MapiAttachment same = Assert.Single(files.Where(f => f.Content is not null && f.Name == attachment.Name && f.Content.ToArray().SequenceEqual(attachment.Content!.ToArray())).Take(1));
                files.Remove(same);
                Compare(attachment.Properties, same.Properties, told, key + " attachment " + attachment.Name);
            }
        }
    }

    [Fact]
    public void Named_properties_and_lists_of_every_type_come_back()
    {
        MapiItem item = Mail.Item();
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
        Compare(item.Properties, back.Properties, [new PropertyKey(0x5706).ToString()], "item");
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

    private static void Compare(PropertyBag expected, PropertyBag actual, HashSet<string> told, string what)
    {
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in expected)
        {
            bool isListed = (property.Key.Name is null && (s_listed.Contains(property.Key.Id) || property.Key.Id is >= 0x6600 and <= 0x67FF)) || told.Contains(property.Key.ToString());
            if (isListed)
            {
                continue;
            }

            Assert.True(actual.TryGet(property.Key, out PropertyValue value), what + " lost " + property.Key);
            Assert.Equal(Show(property.Value), Show(value));
        }
    }

    private static string Show(PropertyValue value) => value.AsArray() is Array array
        ? string.Join("|", array.Cast<object>().Select(e => e is byte[] bytes ? Convert.ToBase64String(bytes) : e.ToString()))
        : value.AsString() ?? value.AsGuid()?.ToString() ?? (value.AsBinary() is byte[] binary ? Convert.ToBase64String(binary) : value.Bits.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
