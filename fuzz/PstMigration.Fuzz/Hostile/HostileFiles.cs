using System.Globalization;
using System.Text;
using PstMigration.Formats.Tests.Hostile;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Synthetic;

namespace PstMigration.Fuzz;

/// <summary>Sound files that are far larger in one respect than any is, at full size; <c>bench/hostile.ps1</c> measures the cmdlets on them.</summary>
internal static class HostileFiles
{
    private const int Megabyte = 1_000_000;

    /// <summary>Writes all files that do not exist yet into a folder.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach ((string kind, int size) in new[]
        {
            ("text", 100 * Megabyte), ("html", 100 * Megabyte), ("headers", 100 * Megabyte), ("header", 100 * Megabyte), ("part-headers", 100 * Megabyte), ("parts", 100_000),
            ("recipients", 200_000), ("references", 500_000), ("words", 300_000), ("word-names", 100_000), ("comments", Megabyte), ("parameters", 100_000),
            ("keywords", 200_000), ("nested", 20_000), ("uuencoded", 20_000),
        })
        {
            Make(folder, kind + ".eml", s => HostileMail.Write(kind, size, s));
        }

        Make(folder, "body.mbox", s =>
        {
            s.Write("From a@example.com Mon Nov 30 08:00:00 2026\n"u8);
            HostileMail.Write("text", 1_000 * Megabyte, s);
        });
        Make(folder, "shared.pst", s => Shared(s, 0x66010102, 0x6701001F));
        Make(folder, "shared-lists.pst", s => Shared(s, 0x6601101F, 0x67011102));
        Make(folder, "compressed.ost", Compressed);
        MakeStore(folder, "text.pst", Item(p => p[PropertyTags.Body] = PropertyValue.FromString(Text(50 * Megabyte))));
        MakeStore(folder, "html.pst", Item(p => p[PropertyTags.BodyHtml] = PropertyValue.FromBinary(Encoding.ASCII.GetBytes(Text(100 * Megabyte, "<p>The <b>quick</b> brown fox.</p>\r\n")))));
        MakeStore(folder, "headers.pst", Item(p => p[PropertyTags.TransportMessageHeaders] = PropertyValue.FromString("From: a@example.com\r\n" + Text(50 * Megabyte, "X-Filler: the quick brown fox jumps\r\n"))));
        MakeStore(folder, "rtf.pst", Item(p => p.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(Encoding.ASCII.GetBytes(@"{\rtf1\ansi " + Text(60 * Megabyte, @"{\b The} quick brown fox.\par "))))));
        MakeStore(folder, "rtf-picture.pst", Item(p => p.Set(PropertyTags.RtfCompressed, CompressedRtf.Store(
            Encoding.ASCII.GetBytes(@"{\rtf1\ansi {\pict\pngblip 89504E470D0A1A0A" + Text(16 * Megabyte, "00") + "}The text.}")))));
        MakeStore(folder, "occurrences.pst", Series(0, 60_000));
        MakeStore(folder, "left-out.pst", Series(1_000_000, 0));
        MakeStore(folder, "recipients-16000.pst", Recipients(16_000));
        MakeStore(folder, "recipients-200000.pst", Recipients(200_000));
        MakeStore(folder, "attachments.pst", Attachments(100_000));
        MakeStore(folder, "folders.pst", null, 20_000);
    }

    private static void Make(string folder, string name, Action<Stream> write)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            using (FileStream file = File.Create(path + ".new"))
            {
                write(file);
            }

            File.Move(path + ".new", path);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {new FileInfo(path).Length}"));
        }
    }

    private static void MakeStore(string folder, string name, MapiItem? item, int folders = 0)
    {
        string path = Path.Combine(folder, name);
        if (File.Exists(path))
        {
            return;
        }

        using (PstFileBuilder builder = PstFileBuilder.Create(path, new PstCreateOptions { Language = CultureInfo.InvariantCulture }))
        {
            PstNewFolder inbox = builder.CreateFolder(builder.RootFolder, "Mail", "IPF.Note");
            if (item is not null)
            {
                builder.AddItem(inbox, item);
            }

            for (int i = 0; i < folders; i++)
            {
                PstNewFolder one = builder.CreateFolder(inbox, "Folder " + i.ToString(CultureInfo.InvariantCulture), "IPF.Note");
                builder.AddItem(one, Item(p => p.Set(PropertyTags.Body, "The text.")));
            }

            builder.Complete();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {new FileInfo(path).Length}"));
    }

    /// <summary>100 properties that all name one value of 12 MB, and the body does too.</summary>
    private static void Shared(Stream target, uint first, uint second)
    {
        // A list of 1,000 strings, whichever way it is read.
        const int count = 1000, each = 12_000;
        byte[] value = new byte[4 + (4 * count) + (each * count)];
        BitConverter.TryWriteBytes(value, count);
        for (int i = 0; i < count; i++)
        {
            BitConverter.TryWriteBytes(value.AsSpan(4 + (4 * i)), 4 + (4 * count) + (i * each));
        }

        Encoding.Unicode.GetBytes(Text(each * count / 2)).CopyTo(value, 4 + (4 * count));
        TestPst file = new(PstLayout.Unicode);
        BlockId data = file.AddData(value);
        WriteStore(file, target, p =>
        {
            NodeId id = new(NodeIdType.Ltp, 0x7001);
            p.AddSubnode(id, data);
            for (uint i = 0; i < 50; i++)
            {
                p.Refer(first + (i << 16), id);
                p.Refer(second + (i << 16), id);
            }

            p.Refer(0x1000001F, id);
        });
    }

    /// <summary>Text of 400 MB in compressed blocks, as body, as HTML and as headers.</summary>
    private static void Compressed(Stream target)
    {
        TestPst file = new(PstLayout.Unicode4K) { Compress = true, Kind = PstKind.Ost };
        BlockId data = file.AddData(Encoding.Unicode.GetBytes(Text(200 * Megabyte)));
        WriteStore(file, target, p =>
        {
            NodeId id = new(NodeIdType.Ltp, 0x7001);
            p.AddSubnode(id, data).Refer(0x1000001F, id).Refer(0x10130102, id).Refer(0x007D001F, id);
        });
    }

    private static void WriteStore(TestPst file, Stream target, Action<TestProperties> configure)
    {
        TestStore store = new(file);
        store.AddMessage("Large", configure);
        target.Write(store.ToArray());
    }

    private static MapiItem Item(Action<PropertyBag> set)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.MessageClass, "IPM.Note");
        p.Set(PropertyTags.Subject, "Large");
        p.Set(PropertyTags.ClientSubmitTime, new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
        set(p);
        return new MapiItem(p);
    }

    private static MapiItem Recipients(int count)
    {
        MapiItem item = Item(p => p.Set(PropertyTags.Body, "The text."));
        for (int i = 0; i < count; i++)
        {
            string number = i.ToString(CultureInfo.InvariantCulture);
            PropertyBag p = new();
            p.Set(PropertyTags.RecipientType, 1);
            p.Set(PropertyTags.DisplayName, "Person " + number);
            p.Set(PropertyTags.AddressType, "SMTP");
            p.Set(PropertyTags.EmailAddress, "p" + number + "@example.com");
            p.Set(PropertyTags.SmtpAddress, "p" + number + "@example.com");
            item.Recipients.Add(new MapiRecipient(p));
        }

        return item;
    }

    private static MapiItem Attachments(int count)
    {
        MapiItem item = Item(p => p.Set(PropertyTags.Body, "The text."));
        for (int i = 0; i < count; i++)
        {
            PropertyBag p = new();
            p.Set(PropertyTags.AttachMethod, 1);
            p.Set(PropertyTags.AttachLongFilename, "f" + i.ToString(CultureInfo.InvariantCulture) + ".bin");
            p.Set(PropertyTags.AttachDataBinary, [0, 1, 2, 3]);
            item.Attachments.Add(new MapiAttachment(p));
        }

        return item;
    }

    /// <summary>A daily appointment that is left out on so many days, and changed on so many others.</summary>
    private static MapiItem Series(int deleted, int changed)
    {
        DateTime first = new(2026, 11, 30);
        AppointmentRecurrence series = new()
        {
            Pattern = new RecurrencePattern { StartDate = first, DeletedDates = [.. Enumerable.Range(0, deleted).Select(i => first.AddDays(i))] },
            StartOffset = 600,
            EndOffset = 660,
            Exceptions = [.. Enumerable.Range(deleted, changed).Select(i => first.AddDays(i)).Select(d => new AppointmentException { OriginalStart = d.AddHours(10), Start = d.AddHours(11), End = d.AddHours(12), Subject = "Moved" })],
        };
        return Item(p =>
        {
            p.Set(PropertyTags.MessageClass, "IPM.Appointment");
            p.Set(CalendarNames.Start, new DateTimeOffset(first.AddHours(10), TimeSpan.Zero));
            p.Set(CalendarNames.End, new DateTimeOffset(first.AddHours(11), TimeSpan.Zero));
            p.Set(CalendarNames.IsRecurring, true);
            p.Set(CalendarNames.Recurrence, series.ToArray());
        });
    }

    private static string Text(int length, string line = "The quick brown fox jumps over the lazy dog.\r\n") =>
        string.Concat(Enumerable.Repeat(line, (length / line.Length) + 1)).Substring(0, length);
}
