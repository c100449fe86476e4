using System;
using System.Linq;
using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Brings headers into a form any parser reads: ASCII and UTF-8. Headers must be ASCII (RFC 5322), yet programs put Shift_JIS,
/// EUC-JP, ISO-2022-JP or code page bytes into them as they are; and encoded text may be in any charset.
/// </summary>
internal static class HeaderRepair
{
    private const byte Escape = 0x1B;

    /// <param name="headers">The headers.</param>
    /// <param name="fallback">The encoding where the bytes do not tell; mostly the charset of the body.</param>
    public static void Repair(HeaderList headers, Encoding fallback)
    {
        foreach (Header header in headers.ToList())
        {
            byte[] raw = header.RawValue;
            bool isPlain = raw.All(b => b is < 0x80 and not Escape);
            string text = (isPlain ? Encoding.ASCII : CharsetDetector.Detect(raw) ?? fallback).GetString(raw);
            string repaired = text.IndexOf("=?", StringComparison.Ordinal) < 0 ? text : EncodedWords.ToUtf8(text, fallback);
            if (header.Id is HeaderId.ContentType or HeaderId.ContentDisposition)
            {
                repaired = ExtendedParameters.ToUtf8(repaired);
            }

            if (!isPlain || !ReferenceEquals(repaired, text))
            {
                string line = repaired.Length > 0 && repaired[repaired.Length - 1] == '\n' ? repaired : repaired + "\n";
                header.SetRawValue(Encoding.UTF8.GetBytes(line));
            }
        }
    }
}
