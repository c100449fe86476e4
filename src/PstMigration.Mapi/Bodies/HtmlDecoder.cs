using System.Text;

namespace PstMigration.Mapi;

/// <summary>Decodes the bytes of an HTML body, whose declared code page is not always the truth.</summary>
public static class HtmlDecoder
{
    private const int BytesToSniff = 4096;

    /// <summary>
    /// The text, well-formed. The first of these that fits the bytes: byte order mark; what the bytes show by themselves (UTF-8,
    /// ISO-2022-JP); <paramref name="declared"/>; the document's own meta charset; Japanese by its kana;
    /// <paramref name="fallback"/>; the first of these that fits all but a few; 1252.
    /// </summary>
    /// <param name="bytes">The body.</param>
    /// <param name="declared">The code page of <see cref="PropertyTags.InternetCodepage"/>, or 0.</param>
    /// <param name="fallback">The code page of <see cref="PropertyTags.MessageCodepage"/>, or 0.</param>
    public static string Decode(byte[] bytes, int declared, int fallback)
    {
        if (bytes is null)
        {
            throw new ArgumentNullException(nameof(bytes));
        }

        Encoding encoding = Choose(bytes, declared, fallback, out int mark);
        return WellFormedText.Of(encoding.GetString(bytes, mark, bytes.Length - mark));
    }

    /// <summary>The encoding <see cref="Decode"/> takes, for a text that is decoded piece by piece.</summary>
    /// <param name="bytes">The body, or how it begins.</param>
    /// <param name="declared">As of <see cref="Decode"/>.</param>
    /// <param name="fallback">As of <see cref="Decode"/>.</param>
    /// <param name="mark">The length of the byte order mark.</param>
    public static Encoding Choose(byte[] bytes, int declared, int fallback, out int mark)
    {
        if (bytes is null)
        {
            throw new ArgumentNullException(nameof(bytes));
        }

        if (CharsetDetector.FromByteOrderMark(bytes, out mark) is Encoding marked)
        {
            return marked;
        }

        mark = 0;
        Encoding? first = null;
        Encoding? spoilt = null;
        Encoding? shown = CharsetDetector.Detect(bytes);
        foreach (Encoding candidate in Candidates(bytes, declared, fallback, shown))
        {
            first ??= candidate;
            bool isUtf8 = shown?.CodePage == CodePages.Utf8 && candidate.CodePage == CodePages.Utf8;
            if (isUtf8 || CharsetDetector.Fits(candidate, bytes))
            {
                // Everything fits one of single bytes: a character that was spoilt on the way must not cost all others.
                return !candidate.IsSingleByte ? candidate : spoilt ?? (CharsetDetector.IsSevenBit(bytes) ? candidate : Spoilt(CodePages.Get(CodePages.Utf8), bytes) ?? candidate);
            }

            spoilt ??= Spoilt(candidate, bytes);
        }

        return first ?? CodePages.Get(CodePages.Western);
    }

    /// <summary>The charset an HTML document names in its head, or null.</summary>
    public static string? FindMetaCharset(ReadOnlySpan<byte> html)
    {
        // ASCII throughout: every charset that can be named this way agrees with ASCII here.
        string head = Encoding.ASCII.GetString(html[..Math.Min(html.Length, BytesToSniff)].ToArray());
        for (int at = 0; (at = head.IndexOf("charset", at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            at += "charset".Length;
            int start = SkipBlanks(head, at);
            if (start < head.Length && head[start] == '=')
            {
                start = SkipBlanks(head, start + 1);
                start += start < head.Length && head[start] is '"' or '\'' ? 1 : 0;
                int end = start;
                while (end < head.Length && (char.IsLetterOrDigit(head[end]) || "-_:.".IndexOf(head[end]) >= 0))
                {
                    end++;
                }

                return end > start ? head[start..end] : null;
            }
        }

        return null;
    }

    private static Encoding? Spoilt(Encoding encoding, byte[] bytes) => CharsetDetector.FitsMostly(encoding, bytes) ? encoding : null;

    // Most bodies are what the first of them says: what the document says itself is looked for behind that.
    private static IEnumerable<Encoding> Candidates(byte[] bytes, int declared, int fallback, Encoding? shown)
    {
        bool isSevenBit = CharsetDetector.IsSevenBit(bytes);
        Encoding? named = CodePages.Find(declared);
        if (named is not null && IsWide(named) && Array.IndexOf(bytes, (byte)0) >= 0)
        {
            yield return named.CodePage == CodePages.Utf16 && IsHighByteFirst(bytes) ? CodePages.Get(1201) : named;
        }

        if (isSevenBit || shown?.CodePage == CodePages.Utf8)
        {
            // UTF-16 said of bytes that hold no NUL is a lie; UTF-7 is believed only where it is said.
            if ((named ?? CodePages.Find(FindMetaCharset(bytes))) is { CodePage: CodePages.Utf7 } seven)
            {
                yield return seven;
            }

            // ISO-2022-KR, HZ and 7-bit JIS look like ASCII to those who do not know their shifts.
            if (isSevenBit && named?.CodePage is (>= 50220 and <= 50229) or 52936)
            {
                yield return named!;
            }

            yield return shown ?? CodePages.Get(CodePages.Ascii);
        }

        // ASCII and Latin-1 are what careless programs declare for anything.
        bool isCareless = named?.CodePage is CodePages.Ascii or CodePages.Latin1;
        if (named is not null && !isCareless)
        {
            yield return named;
        }

        if (CodePages.Find(FindMetaCharset(bytes)) is Encoding meta && !IsWide(meta))
        {
            yield return meta;
        }

        if (shown is not null)
        {
            yield return shown;
        }

        if (CodePages.Find(fallback) is Encoding last && !IsWide(last))
        {
            yield return last;
        }

        // Latin-1 means 1252 to every browser and to Outlook.
        yield return CodePages.Get(CodePages.Western);
    }

    private static bool IsWide(Encoding encoding) => encoding.CodePage is CodePages.Utf16 or 1201 or 12000 or 12001;

    /// <summary>Whether UTF-16 without a byte order mark has the high byte first: what is zero in it mostly is that one.</summary>
    private static bool IsHighByteFirst(byte[] bytes)
    {
        int first = 0;
        int second = 0;
        for (int i = 0; i + 1 < Math.Min(bytes.Length, BytesToSniff); i += 2)
        {
            first += bytes[i] == 0 ? 1 : 0;
            second += bytes[i + 1] == 0 ? 1 : 0;
        }

        return first > second;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }

        return at;
    }
}
