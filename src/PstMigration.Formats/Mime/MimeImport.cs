using System;
using System.IO;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Reads MIME messages (.eml) as items by [MS-OXCMAIL].</summary>
public static class MimeImport
{
    /// <summary>Parts in parts and items in items are followed this far; deeper ones stay as they are, as one attachment.</summary>
    internal const int MaximumDepth = 64;

    /// <summary>
    /// Reads a message. Attachments stay in <paramref name="mime"/> and are read from there when asked for.
    /// </summary>
    /// <exception cref="MailDataException">MimeNotAMessage: the bytes are no message at all.</exception>
    public static MapiItem Read(BinarySource mime, MimeImportOptions? options = null)
    {
        if (mime is null)
        {
            throw new ArgumentNullException(nameof(mime));
        }

        MimeOffsets offsets = new();
        MimeMessage message;
        try
        {
            MimeParser parser = new(Parsing(), new SourceStream(mime), MimeFormat.Entity, persistent: true);
            parser.MimeMessageEnd += (_, e) => offsets.Add(e);
            message = parser.ParseMessage();
        }
        catch (Exception e) when (e is FormatException or EndOfStreamException)
        {
            throw new MailDataException(FormatErrorIds.MimeNotAMessage, Strings.MimeNotAMessage, e);
        }

        return new MimeItemReader(mime, offsets, options ?? new MimeImportOptions()).Read(message);
    }

    /// <summary>Reads a message from bytes in memory.</summary>
    /// <exception cref="MailDataException">MimeNotAMessage: the bytes are no message at all.</exception>
    public static MapiItem Read(byte[] mime, MimeImportOptions? options = null) => Read(BinarySource.FromBytes(mime), options);

    private static ParserOptions Parsing()
    {
        ParserOptions parsing = ParserOptions.Default.Clone();
        parsing.MaxMimeDepth = MaximumDepth;
        parsing.CharsetEncoding = CodePages.Find(CodePages.Utf8)!;
        return parsing;
    }
}
