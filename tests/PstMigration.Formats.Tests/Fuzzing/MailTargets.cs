using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats.Tests.Fuzzing;

/// <summary>What is done with an input of a kind. Whatever it is, nothing may be thrown.</summary>
internal static class MailTargets
{
    private const int MostOccurrences = 2000;

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> Names { get; } = ["entryid", "mbox", "mime", "recurrence", "rtf", "tnef"];

    /// <summary>What is done with a kind; null where it is none of these.</summary>
    public static Action<byte[]>? Find(string name) => name switch
    {
        "entryid" => EntryIds,
        "mbox" => Mbox,
        "mime" => Mime,
        "recurrence" => Recurrence,
        "rtf" => Rtf,
        "tnef" => Tnef,
        _ => null,
    };

    private static void EntryIds(byte[] input)
    {
        if (OneOffEntryId.TryRead(input, out OneOffEntryId oneOff))
        {
            oneOff.ToArray();
        }

        if (ExchangeEntryId.TryRead(input, out ExchangeEntryId exchange))
        {
            exchange.ToArray();
        }

        if (WrappedEntryId.TryRead(input, out WrappedEntryId wrapped))
        {
            wrapped.ToArray();
        }

        if (GlobalObjectId.TryRead(input, out GlobalObjectId? global))
        {
            _ = global.ToString();
        }

        SearchKeys.TryRead(input, out _, out _);
        FlatEntryList.Write(FlatEntryList.Read(input));
        foreach (byte[] entry in FlatEntryList.Read(input))
        {
            WrappedEntryId.Unwrap(entry);
        }
    }

    private static void Recurrence(byte[] input)
    {
        if (AppointmentRecurrence.TryRead(input, out AppointmentRecurrence? appointment))
        {
            if (appointment.Pattern.IsComputable)
            {
                _ = appointment.Occurrences().Take(MostOccurrences).Count();
            }

            appointment.ToArray();
        }

        if (RecurrencePattern.TryRead(input, out RecurrencePattern? pattern))
        {
            pattern.ToArray();
        }

        TimeZoneDefinition? definition = TimeZoneDefinition.Read(input);
        definition?.ToTimeZoneInfo();
        definition?.ToArray();
        TimeZoneStruct.Read(input)?.ToTimeZoneInfo("zone");
    }

    private static void Rtf(byte[] input)
    {
        byte[] rtf = CompressedRtf.Decompress(input, out _);
        Show(rtf);
        Show(input);
    }

    private static void Show(byte[] rtf)
    {
        RtfDecapsulator.Decapsulate(rtf, out _);
        RtfToHtml.Convert(rtf);
        RtfToText.Convert(rtf);
    }

    private static void Mime(byte[] input)
    {
        try
        {
            MapiItem item = MimeImport.Read(input);
            Look(item, 0);
            MimeExport.Write(item, new MemoryStream());
        }
        catch (MailDataException e) when (IsExpected(e))
        {
        }
    }

    private static void Tnef(byte[] input)
    {
        const string Head = "From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        Mime(Encoding.ASCII.GetBytes(Head + Convert.ToBase64String(input, Base64FormattingOptions.InsertLineBreaks) + "\r\n"));
    }

    private static void Mbox(byte[] input)
    {
        string path = Path.Combine(Path.GetTempPath(), "fuzz-" + Guid.NewGuid().ToString("N") + ".mbox");
        File.WriteAllBytes(path, input);
        try
        {
            ReadAsync(path).GetAwaiter().GetResult();
        }
        catch (MailDataException e) when (IsExpected(e))
        {
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task ReadAsync(string path)
    {
        MboxSource source = MboxSource.Open(path);
        await using (source.ConfigureAwait(false))
        {
            await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None).ConfigureAwait(false))
            {
                await foreach (SourceItem item in source.ReadItemsAsync(folder, CancellationToken.None).ConfigureAwait(false))
                {
                    try
                    {
                        Look(await item.OpenAsync(CancellationToken.None).ConfigureAwait(false), 0);
                    }
                    catch (MailDataException e) when (IsExpected(e))
                    {
                    }
                }
            }
        }
    }

    // What is no mail is told as such. What a library threw is inside the error, and is a failure.
    private static bool IsExpected(MailDataException e) => e.Error != FormatErrorIds.MimeUnreadable && e.Error != FormatErrorIds.MimeUnwritable;

    private static void Look(MapiItem item, int depth)
    {
        ItemSummary.Of(item);
        foreach (MapiAttachment attachment in item.Attachments)
        {
            if (attachment.HasEmbeddedItem && depth < 20)
            {
                Look(attachment.OpenEmbedded(), depth + 1);
            }
            else if (attachment.Content is BinarySource content)
            {
                content.ToArray();
            }
        }
    }
}
