using System.Buffers.Binary;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Formats.Tests.Trees;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Tests;
using Xunit;
using Codec = PstMigration.Formats.FastTransfer;

namespace PstMigration.Formats.Tests.FastTransfer;

/// <summary>Items of all classes in real files, with everything they have, through a stream and back.</summary>
public sealed class FastTransferFileTests
{
    /// <summary>Of the store an item was in, or what each store makes itself ([MS-OXCFXICS] 3.2.5.10).</summary>
    private static readonly HashSet<ushort> s_ofStores =
    [
        0x0E02, 0x0E03, 0x0E04, 0x0E08, 0x0E09, 0x0E12, 0x0E13, 0x0E1B, 0x0E20, 0x0E27, 0x0E28, 0x0E29, 0x0E2F, 0x0E58, 0x0E59, 0x0E79, 0x0FF4, 0x0FF6, 0x0FF7, 0x0FF8, 0x0FF9, 0x0FFA, 0x0FFB, 0x0FFE, 0x0FFF,
        0x3000, 0x3013, 0x65E0, 0x65E1, 0x65E2, 0x65E3,
    ];

    private static readonly PropertyKey[] s_bodies = [PropertyTags.Body, PropertyTags.BodyHtml, PropertyTags.RtfCompressed, PropertyTags.RtfInSync, PropertyTags.NativeBody];

    /// <summary>HTML that was stored as a string comes back as bytes, and their code page with it.</summary>
    private static readonly string s_codePage = ((PropertyKey)PropertyTags.InternetCodepage).ToString();

    [Fact]
    public async Task Every_property_comes_back()
    {
        List<string> files = TestData.Files("pst", ".pst", ".ost").Select(r => r.Data).OfType<string>().ToList();
        Assert.SkipWhen(files.Count == 0, "The folder of real files is not beside this checkout.");
        SortedSet<string> unexpected = new(StringComparer.Ordinal);
        int items = 0;
        foreach (string file in files)
        {
            using PstFile pst = PstFile.Open(TestData.Path(file));
            foreach ((SourceFolder _, ItemKey key, MapiItem item) in await Store.ReadAsync(new PstItemSource(pst)))
            {
                using MemoryStream stream = new();
                HashSet<string> told = [.. Codec.Write(item, stream).Select(l => l.Detail)];
                byte[] blob = stream.ToArray();
                MapiItem back = Codec.Read(blob);
                CheckCuts(blob);
                foreach (string difference in Differences(item, back).Where(d => !told.Contains(d) && !(d == s_codePage && item.Properties[PropertyTags.BodyHtml].AsString() is not null)))
                {
                    unexpected.Add(difference + " in " + file + " " + key.Id + " " + item.MessageClass);
                }

                // What was read is written as it came, to the byte.
                Assert.Equal(blob, FastTransferTests.Write(back));
                items++;
            }
        }

        Assert.True(unexpected.Count == 0, string.Join("\n", unexpected.Take(60)));
        Assert.True(items > 0);
    }

    private static IEnumerable<string> Differences(MapiItem before, MapiItem after)
    {
        ItemBody one = BodyText.Read(before);
        ItemBody other = BodyText.Read(after);

        // A stored text beside HTML is its sender's; the one a server makes has other words for links.
        if (one.Html is string html ? PlainRtf.LettersOfHtml(html) != PlainRtf.LettersOfHtml(other.Html ?? "") : PlainRtf.Letters(one.ToPlainText()) != PlainRtf.Letters(other.ToPlainText()))
        {
            yield return "body";
        }

        if (before.Recipients.Count != after.Recipients.Count || before.Attachments.Count != after.Attachments.Count)
        {
            yield return "number of recipients or attachments";
            yield break;
        }

        List<(PropertyBag, PropertyBag)> bags = [(before.Properties, after.Properties), .. before.Recipients.Zip(after.Recipients, (b, a) => (b.Properties, a.Properties)), .. before.Attachments.Zip(after.Attachments, (b, a) => (b.Properties, a.Properties))];
        for (int i = 0; i < bags.Count; i++)
        {
            bool isRecipient = i > 0 && i <= before.Recipients.Count;
            bool isAttachment = i > before.Recipients.Count;
            foreach (KeyValuePair<PropertyKey, PropertyValue> property in bags[i].Item1.Where(p => !IsOfStore(p.Key, isRecipient, isAttachment)))
            {
                string value = ItemDifference.Show(property.Value);
                bool isThere = bags[i].Item2.TryGet(property.Key, out PropertyValue now);
                bool isBytes = property.Value.Type is PropertyType.Binary or PropertyType.Object;
                if (isThere ? ItemDifference.Show(now) != value || PropertyTypes.Wide(now.Type) != PropertyTypes.Wide(property.Value.Type) : !isBytes || value.Length > 0)
                {
                    yield return property.Key.ToString();
                }
            }
        }

        foreach ((MapiAttachment b, MapiAttachment a) in before.Attachments.Zip(after.Attachments, (b, a) => (b, a)).Where(p => p.b.HasEmbeddedItem))
        {
            foreach (string difference in Differences(b.OpenEmbedded(), a.OpenEmbedded()))
            {
                yield return difference;
            }
        }
    }

    private static bool IsOfStore(PropertyKey key, bool isRecipient, bool isAttachment) => key.Name is null
        && (key.Id is (>= 0x0E30 and <= 0x0E3D) or (>= 0x6600 and <= 0x67FF) || (isAttachment && key.Id == 0x0E21)
            || (!isRecipient && !isAttachment && Array.IndexOf(s_bodies, key) >= 0) || (s_ofStores.Contains(key.Id) && !(isRecipient && key.Id is (0x0FF6 or 0x0FFE or 0x0FFF))));

    /// <summary>Records end between atoms, or inside the bytes of a string or a binary, there at a whole character ([MS-OXCFXICS] 2.2.4.1). Walks by itself what the reader joins.</summary>
    private static void CheckCuts(byte[] blob)
    {
        List<byte> stream = [];
        List<int> cuts = [];
        for (int at = 62; at < blob.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(blob.AsSpan(at + 4));
            Assert.InRange(length, 1, 31_680);
            stream.AddRange(blob.AsSpan(at + 8, length).ToArray());
            at += 8 + length;
            cuts.Add(stream.Count);
        }

        byte[] bytes = [.. stream];
        int position = 0;
        SortedSet<int> places = [0];
        while (position < bytes.Length)
        {
            uint tag = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(position));
            position += 4;
            if (tag is 0x40030003 or 0x40040003 or 0x40000003 or 0x400E0003 or 0x40010003 or 0x40020003)
            {
                places.Add(position);
                continue;
            }

            ushort type = (ushort)tag;
            if (tag >> 16 >= 0x8000)
            {
                position += 16;
                position += bytes[position] == 0 ? 5 : 1 + NameLength(bytes, position + 1);
            }

            switch (type)
            {
                case 0x84B0 or 0x0102 or 0x000D:
                    Variable(type == 0x84B0 ? 2 : 1);
                    break;
                case 0x101F or 0x1102:
                    int count = Length();
                    places.Add(position);
                    for (int i = 0; i < count; i++)
                    {
                        Variable(type == 0x101F ? 2 : 1);
                    }

                    break;
                default:
                    int size = (type & 0xFFF) switch { 2 or 0xB => 2, 3 or 4 => 4, 0x48 => 16, _ => 8 };
                    int times = (type & 0x1000) != 0 ? Length() : 1;
                    for (int i = 0; i < times; i++)
                    {
                        places.Add(position);
                        position += size;
                    }

                    break;
            }

            places.Add(position);
        }

        Assert.Equal(bytes.Length, position);
        Assert.All(cuts, c => Assert.Contains(c, places));

        int Length()
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(position));
            position += 4;
            return length;
        }

        void Variable(int unit)
        {
            int length = Length();
            for (int i = 0; i <= length; i += unit)
            {
                places.Add(position + i);
            }

            position += length;
        }
    }

    private static int NameLength(byte[] bytes, int at)
    {
        int end = at;
        while (bytes[end] != 0 || bytes[end + 1] != 0)
        {
            end += 2;
        }

        return end + 2 - at;
    }
}
