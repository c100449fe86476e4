using System.Runtime.CompilerServices;
using PstMigration.Mapi.Compat;

namespace PstMigration.Mapi;

/// <summary>
/// Compares the plain text stored with an item with the text of its formatted body. What counts are letters and digits: blanks, line
/// ends and signs differ between programs that make text from formatted text. So do the asides they put in, which are passed over where
/// only one of the two has them: addresses of links, pictures and attachments in brackets, fields, bullets and numbers of lists.
/// </summary>
internal static class BodyComparison
{
    private const int LongestAside = 512;
    private const int LongestMarker = 8;
    private const string Field = "HYPERLINK \"";

    /// <summary>What stands for a letter that a code page does not have.</summary>
    private const char Lost = '?';

    private const int TriesPerLetter = 4;

    /// <summary>What is as long as this and stands in two texts is hardly there by chance.</summary>
    private const int PieceLength = 6;

    /// <summary>Letters of each text that are looked at to find how much they have in common.</summary>
    private const int MaximumLetters = 64 * 1024;

    /// <summary>Whether a text says anything: blanks do not, nor the signs left of letters that a code page does not have.</summary>
    [MethodImpl(Compiling.Optimized)]
    public static bool SaysAnything(string? text)
    {
        for (int i = 0; i < text?.Length; i++)
        {
            char c = text[i];
            if (!char.IsWhiteSpace(c) && !char.IsControl(c) && c is not (Lost or '\u200B' or '\u200E' or '\u200F' or '\uFEFF' or '\uFFFC' or '\uFFFD'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Compares.</summary>
    /// <param name="stored">The text as it is stored.</param>
    /// <param name="formatted">The text of the formatted body.</param>
    public static BodyRelation Compare(string stored, string formatted)
    {
        if (HaveTheSameLetters(stored, formatted) || SayTheSame(stored, formatted, isLossy: false))
        {
            return BodyRelation.Same;
        }

        if (stored.IndexOf(Lost) >= 0 && SayTheSame(stored, formatted, isLossy: true))
        {
            return BodyRelation.Poorer;
        }

        List<char> letters = Letters(stored);
        return letters.Count == 0 || ShareMost(letters, Letters(formatted)) ? BodyRelation.Similar : BodyRelation.Different;
    }

    /// <summary>Whether the letters of both are the same, as they mostly are.</summary>
    [MethodImpl(Compiling.Optimized)]
    private static bool HaveTheSameLetters(string stored, string formatted)
    {
        int other = 0;
        foreach (char c in stored)
        {
            if (char.IsLetterOrDigit(c))
            {
                other = NextLetter(formatted, other);
                if (other == formatted.Length || (formatted[other] != c && Upper(formatted[other]) != Upper(c)))
                {
                    return false;
                }

                other++;
            }
        }

        return NextLetter(formatted, other) == formatted.Length;
    }

    /// <summary>
    /// Whether the letters of both are the same but for asides. Where they are not, the last aside that began on either side is left out, and
    /// then the one before it: asides of both sides may meet in one place. In a text that may be <paramref name="isLossy"/>, signs stand for letters.
    /// </summary>
    [MethodImpl(Compiling.Optimized)]
    private static bool SayTheSame(string stored, string formatted, bool isLossy)
    {
        Side one = new(stored, isLossy);
        Side two = new(formatted, isLossy);
        (Side One, Side Two)? last = null;
        (Side One, Side Two)? before = null;
        for (long steps = TriesPerLetter * (stored.Length + (long)formatted.Length); steps >= 0; steps--)
        {
            Side start = two;
            if (one.MoveToLetter() is int behindOne)
            {
                (before, last) = (last, (one.Behind(behindOne), start));
            }

            if (two.MoveToLetter() is int behindTwo)
            {
                (before, last) = (last, (one, two.Behind(behindTwo)));
            }

            if (one.IsAtEnd && two.IsAtEnd)
            {
                return true;
            }

            if (!one.IsAtEnd && !two.IsAtEnd && one.Letter == two.Letter)
            {
                one.Pass();
                two.Pass();
            }
            else if (!one.IsAtEnd && one.Letter == Lost)
            {
                one.Pass();
                two.PassForeign();
            }
            else if (!two.IsAtEnd && two.Letter == Lost)
            {
                two.Pass();
            }
            else if (last is not (Side, Side) without)
            {
                return false;
            }
            else
            {
                (one, two) = without;
                (last, before) = (before, null);
            }
        }

        return false;
    }

    /// <summary>The position behind what may be an aside that begins at <paramref name="at"/>, or -1.</summary>
    private static int AsideAt(string text, int at, bool startsLine)
    {
        switch (text[at])
        {
            case '[':
                return After(text, at, "]");
            case '<' when at + 1 < text.Length && text[at + 1] == '<':
                return After(text, at, ">>");
            case '<':
                return LinkTargets.EndOf(text, at);
            case 'H' when string.CompareOrdinal(text, at, Field, 0, Field.Length) == 0:
                return AfterField(text, at + Field.Length);
            default:
                return startsLine ? AfterMarker(text, at) : -1;
        }
    }

    private static int After(string text, int at, string sign)
    {
        int found = text.IndexOf(sign, at, Math.Min(LongestAside, text.Length - at), StringComparison.Ordinal);
        return found < 0 ? -1 : found + sign.Length;
    }

    /// <summary>The position behind a field whose address begins at <paramref name="at"/>, and behind its switches, such as <c>\l "place"</c>.</summary>
    private static int AfterField(string text, int at)
    {
        int end = After(text, at, "\"");
        while (end > 0 && end + 2 < text.Length && text[end] == ' ' && text[end + 1] == '\\')
        {
            int next = end + 3;
            bool hasValue = next + 1 < text.Length && text[next] == ' ' && text[next + 1] == '"';
            end = hasValue ? After(text, next + 2, "\"") : next;
        }

        return end;
    }

    /// <summary>The position behind the bullet or number of a list, such as <c>1.</c>, <c>a)</c> or <c>o</c> and a tab; -1 where there is none.</summary>
    private static int AfterMarker(string text, int at)
    {
        int end = at;
        while (end < text.Length && end - at < LongestMarker && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '(' or ')'))
        {
            end++;
        }

        bool isMarker = end > at && end < text.Length && (text[end] == '\t' || (text[end - 1] is '.' or ')' && char.IsWhiteSpace(text[end])));
        return isMarker ? end : -1;
    }

    [MethodImpl(Compiling.Optimized)]
    private static int NextLetter(string text, int at)
    {
        while (at < text.Length && !char.IsLetterOrDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static char Upper(char c) => c < 0x80 ? (char)(c is >= 'a' and <= 'z' ? c - 0x20 : c) : char.ToUpperInvariant(c);

    [MethodImpl(Compiling.Optimized)]
    private static List<char> Letters(string text)
    {
        List<char> letters = new(Math.Min(text.Length, MaximumLetters));
        for (int at = NextLetter(text, 0); at < text.Length && letters.Count < MaximumLetters; at = NextLetter(text, at + 1))
        {
            letters.Add(Upper(text[at]));
        }

        return letters;
    }

    private static bool ShareMost(List<char> one, List<char> two)
    {
        List<char> shorter = one.Count <= two.Count ? one : two;
        int length = Math.Min(PieceLength, shorter.Count);
        if (length == 0)
        {
            return false;
        }

        HashSet<string> pieces = new(Pieces(shorter, length), StringComparer.Ordinal);
        int all = pieces.Count;
        pieces.ExceptWith(Pieces(ReferenceEquals(shorter, one) ? two : one, length));
        return pieces.Count * 2 <= all;
    }

    private static IEnumerable<string> Pieces(List<char> letters, int length)
    {
        char[] all = [.. letters];
        for (int i = 0; i + length <= all.Length; i++)
        {
            yield return new string(all, i, length);
        }
    }

    /// <summary>A place in one of the texts.</summary>
    private struct Side(string text, bool isLossy)
    {
        private int _at;

        /// <summary>Only blanks stand before it in its line.</summary>
        private bool _startsLine = true;

        public readonly bool IsAtEnd => _at >= text.Length;

        public readonly char Letter => Upper(text[_at]);

        /// <summary>Moves to the next letter, or the one at hand. Gives the position behind the last aside that began on the way or begins here.</summary>
        public int? MoveToLetter()
        {
            int? behind = null;
            for (; _at < text.Length; _at++)
            {
                char c = text[_at];
                behind = AsideAt(text, _at, _startsLine) is > 0 and int end ? end : behind;
                if (char.IsLetterOrDigit(c) || (isLossy && c == Lost))
                {
                    break;
                }

                _startsLine = c is '\r' or '\n' || (_startsLine && char.IsWhiteSpace(c));
            }

            return behind;
        }

        public void Pass()
        {
            _at++;
            _startsLine = false;
        }

        /// <summary>Passes a letter that not every code page has.</summary>
        public void PassForeign()
        {
            if (!IsAtEnd && Letter >= 0x80)
            {
                Pass();
            }
        }

        public readonly Side Behind(int position)
        {
            Side side = this;
            side._at = position;
            side._startsLine = false;
            return side;
        }
    }
}
