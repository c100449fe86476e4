using System.Text;
using MimeKit;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.Compound;

public sealed class CompoundFileTests
{
    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("msg", ".msg");

    [Fact]
    public void Small_and_large_streams_are_read()
    {
        byte[] large = Enumerable.Range(0, 9000).Select(i => (byte)i).ToArray();
        CompoundEntry root = Read(CompoundBuilder.Make(("a", [1, 2, 3]), ("b", large), ("c", []), ("d", large.Take(200).ToArray())))!;

        Assert.Equal(["a", "b", "c", "d"], root.Children.Select(c => c.Name));
        Assert.Equal([1, 2, 3], root.Find("A")!.Content!.ToArray());
        Assert.Equal(large, root.Find("b")!.Content!.ToArray());
        Assert.Empty(root.Find("c")!.Content!.ToArray());
        Assert.Equal(large.Take(200), root.Find("d")!.Content!.ToArray());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Files_of_outlook_are_read(string? file)
    {
        Assert.SkipWhen(file is null, "The folder of real files is not beside this checkout.");
        CompoundEntry root = Read(File.ReadAllBytes(TestData.Path(file!)))!;

        Assert.NotNull(root.Find("__properties_version1.0")?.Content);
        Assert.True(root.Find("__nameid_version1.0")!.IsStorage);
        Assert.True(root.Find("__substg1.0_0037001F") is not null || root.Find("__substg1.0_0037001E") is not null);
        Assert.All(root.Children.Where(c => !c.IsStorage), c => Assert.Equal(c.Content!.Length, c.Content.ToArray().Length));
    }

    [Fact]
    public void Damaged_files_end_in_results()
    {
        byte[] sound = CompoundBuilder.Make(("a", [1, 2, 3]), ("b", new byte[9000]), ("d", new byte[200]));
        Random random = new(17);
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = (byte[])sound.Clone();
            for (int j = random.Next(1, 8); j > 0; j--)
            {
                // Most of what matters stands in the header, the FAT and the directory.
                int at = random.Next(3) == 0 ? random.Next(bytes.Length) : random.Next(8, 1024);
                bytes[at] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)random.Next(4);
            }

            CompoundEntry? root = Read(bytes.Take(random.Next(5) == 0 ? random.Next(bytes.Length) : bytes.Length).ToArray());
            foreach (CompoundEntry entry in root?.Children ?? [])
            {
                if (entry.Content is { Length: < 1_000_000 } content)
                {
                    content.ToArray();
                }
            }
        }
    }

    [Fact]
    public void What_an_object_holds_is_taken_out()
    {
        byte[] pdf = Encoding.ASCII.GetBytes("%PDF-1.4 x");
        byte[] native = [.. BitConverter.GetBytes(999), 2, 0, .. Encoding.ASCII.GetBytes("C:\\x\\note.txt\0C:\\x\\note.txt\0"), 0, 0, 3, 0, 4, 0, 0, 0, .. Encoding.ASCII.GetBytes("tmp\0"), 3, 0, 0, 0, 7, 8, 9];

        Assert.Equal(("", ".pdf", 10L), Payload(("CONTENTS", pdf)));
        Assert.Equal(("note.txt", ".txt", 3L), Payload(("\u0001Ole10Native", native)));
        Assert.Equal(("", ".docx", 5L), Payload(("\u0001CompObj", Encoding.ASCII.GetBytes("....Word.Document.12\0")), ("Package", [80, 75, 3, 4, 0])));
        Assert.Equal(".xls", Payload(("Workbook", new byte[5000])).Extension);
        Assert.Null(OlePayload.Find(BinarySource.FromBytes(CompoundBuilder.Make(("x", [1])))));
        Assert.Null(OlePayload.Find(BinarySource.FromBytes([1, 2, 3])));
    }

    [Fact]
    public void An_object_becomes_the_file_in_it()
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.Ole);
        p.Set(PropertyTags.DisplayName, "図");
        p[PropertyTags.AttachDataObject] = PropertyValue.FromBinary(CompoundBuilder.Make(("CONTENTS", Encoding.ASCII.GetBytes("%PDF-1.4 x"))), PropertyType.Object);

        MimeMessage message = Mail.Write(Mail.Item(attachments: new MapiAttachment(p)));

        MimePart part = Assert.IsAssignableFrom<MimePart>(Assert.Single(message.Attachments));
        Assert.Equal("図.pdf", part.FileName);
        Assert.Equal("application/pdf", part.ContentType.MimeType);
        Assert.Equal("%PDF-1.4 x", Encoding.ASCII.GetString(Mail.Content(part)));
    }

    private static (string Name, string Extension, long Length) Payload(params (string Name, byte[] Content)[] streams)
    {
        OlePayload payload = OlePayload.Find(BinarySource.FromBytes(CompoundBuilder.Make(streams)))!;
        return (payload.Name, payload.Extension, payload.Content.ToArray().Length);
    }

    private static CompoundEntry? Read(byte[] bytes) => CompoundFile.TryRead(BinarySource.FromBytes(bytes));
}
