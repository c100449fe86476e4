using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Keeps subjects and addresses out of a journal that was not asked to hold them. What an item is known by there are its key and its folder; what was lost or went wrong
/// is told without the words of the mail.
/// </summary>
internal sealed class JournalPrivacy(bool includeSubject)
{
    private const char Hidden = '…';
    private const int LongestText = 2000;

    // Details of these kinds are names of properties, classes and folders. Those of the others are addresses, subjects and names of attachments, of
    // which a message within a message has its subject.
    private static readonly LossKind[] s_technical =
    [
        LossKind.ActiveContent, LossKind.Field, LossKind.Folder, LossKind.MessageClass, LossKind.NamedProperties, LossKind.ReceiptDisarmed, LossKind.RtfFidelity,
        LossKind.Signature, LossKind.TextChanged,
    ];

    /// <summary>The subject, where it is to be kept.</summary>
    public string? Subject(string? subject) => includeSubject && subject is not null ? Shorten(subject) : null;

    /// <summary>The detail of a loss.</summary>
    public string Clean(ItemLoss loss, string? subject) =>
        includeSubject || Array.IndexOf(s_technical, loss.Kind) >= 0 ? Clean(loss.Detail, subject) ?? "" : "";

    /// <summary>A text for people.</summary>
    public string? Clean(string? text, string? subject)
    {
        if (text is null || includeSubject)
        {
            return text is null ? null : Shorten(text);
        }

        string known = subject?.Trim() is { Length: > 2 } words ? Replace(text, words) : text;
        return Shorten(HideAddresses(HideQuotes(known)));
    }

    // What stands between quotes was filled in: a name of the program's or the service's is kept, words are not.
    private static string HideQuotes(string text)
    {
        StringBuilder clean = new(text.Length);
        int at = 0;
        while (at < text.Length)
        {
            int open = text.IndexOf('\'', at);
            int close = open < 0 ? -1 : text.IndexOf('\'', open + 1);
            if (close < 0)
            {
                break;
            }

            string quoted = text.Substring(open + 1, close - open - 1);
            clean.Append(text, at, open + 1 - at);
            if (quoted.All(IsOfName))
            {
                clean.Append(quoted);
            }
            else
            {
                clean.Append(Hidden);
            }

            clean.Append('\'');
            at = close + 1;
        }

        return clean.Append(text, at, text.Length - at).ToString();
    }

    private static bool IsOfName(char c) => c < 0x80 && (char.IsLetterOrDigit(c) || c is '_' or '.' or ':' or '$' or '-' or '/' or '#' or '@');

    private static string HideAddresses(string text)
    {
        if (text.IndexOf('@') < 0)
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        int at = 0;
        while (at < text.Length)
        {
            int end = at;
            while (end < text.Length && IsOfAddress(text[end]))
            {
                end++;
            }

            int sign = text.IndexOf('@', at, end - at);
            if (sign > at && sign < end - 1)
            {
                clean.Append(Hidden);
            }
            else
            {
                end = Math.Max(end, at + 1);
                clean.Append(text, at, end - at);
            }

            at = end;
        }

        return clean.ToString();
    }

    private static bool IsOfAddress(char c) => !char.IsWhiteSpace(c) && !char.IsControl(c) && "<>()[]{},;:\"'|".IndexOf(c) < 0;

    private static string Replace(string text, string words)
    {
        StringBuilder clean = new(text.Length);
        int at = 0;
        for (int found; (found = text.IndexOf(words, at, StringComparison.OrdinalIgnoreCase)) >= 0; at = found + words.Length)
        {
            clean.Append(text, at, found - at).Append(Hidden);
        }

        return clean.Append(text, at, text.Length - at).ToString();
    }

    private static string Shorten(string text) => text.Length <= LongestText ? text : text.Substring(0, LongestText) + Hidden;
}
