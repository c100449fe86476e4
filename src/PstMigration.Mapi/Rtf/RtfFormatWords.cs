namespace PstMigration.Mapi;

/// <summary>The control words of character and paragraph formatting (RTF 1.9.1).</summary>
internal static class RtfFormatWords
{
    /// <summary>Takes a word about characters; false for any other.</summary>
    public static bool TakeCharacter(string word, int? parameter, ref RtfCharacterFormat format)
    {
        bool on = parameter is not 0;
        int number = parameter ?? 0;
        switch (word)
        {
            case "plain":
                // A link holds for its field, whatever the text in it looks like.
                format = new RtfCharacterFormat { Link = format.Link };
                return true;
            case "f":
                return true;
            case "fs":
                format.HalfPoints = Math.Min(Math.Max(parameter ?? RtfCharacterFormat.DefaultHalfPoints, 2), 800);
                return true;
            case "b":
                format.Bold = on;
                return true;
            case "i":
                format.Italic = on;
                return true;
            case "ulnone":
                format.Underline = false;
                return true;
            case "ul" or "uld" or "uldash" or "uldashd" or "uldashdd" or "uldb" or "ulth" or "ulw" or "ulwave" or "ulhwave" or "ulldash":
                format.Underline = on;
                return true;
            case "strike" or "striked":
                format.Strike = on;
                return true;
            case "caps":
                format.AllCaps = on;
                return true;
            case "scaps":
                format.SmallCaps = on;
                return true;
            case "v" or "deleted":
                format.Hidden = on;
                return true;
            case "super":
                format.Raised = on ? 1 : 0;
                return true;
            case "sub":
                format.Raised = on ? -1 : 0;
                return true;
            case "nosupersub":
                format.Raised = 0;
                return true;
            case "up":
                format.Raised = number == 0 ? 0 : 1;
                return true;
            case "dn":
                format.Raised = number == 0 ? 0 : -1;
                return true;
            case "cf":
                format.Color = number;
                return true;
            case "highlight" or "cb" or "chcbpat":
                format.Background = number;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Takes a word about paragraphs; false for any other.</summary>
    public static bool TakeParagraph(string word, int? parameter, ref RtfParagraphFormat format)
    {
        int number = parameter ?? 0;
        switch (word)
        {
            case "pard":
                format = default;
                return true;
            case "ql":
                format.Alignment = RtfAlignment.Left;
                return true;
            case "qc":
                format.Alignment = RtfAlignment.Center;
                return true;
            case "qr":
                format.Alignment = RtfAlignment.Right;
                return true;
            case "qj" or "qd":
                format.Alignment = RtfAlignment.Justified;
                return true;
            case "li":
                format.Left = number;
                return true;
            case "ri":
                format.Right = number;
                return true;
            case "fi":
                format.FirstLine = number;
                return true;
            case "sb":
                format.Before = Math.Max(number, 0);
                return true;
            case "sa":
                format.After = Math.Max(number, 0);
                return true;
            case "sbauto":
                format.AutomaticBefore = number == 1;
                return true;
            case "saauto":
                format.AutomaticAfter = number == 1;
                return true;
            case "ilvl":
                format.ListLevel = Math.Min(Math.Max(number, 0), 8);
                return true;
            case "rtlpar":
                format.RightToLeft = true;
                return true;
            case "ltrpar":
                format.RightToLeft = false;
                return true;
            case "cbpat":
                format.Background = number;
                return true;
            case "intbl":
                format.InTable = true;
                return true;
            case "itap":
                format.TableDepth = number;
                return true;
            case "sl":
                format.Line = number;
                return true;
            case "slmult":
                format.LineIsMultiple = number == 1;
                return true;
            default:
                return TakeBorder(word, number, ref format);
        }
    }

    /// <summary>The words of a line follow that of its side, and are the same for paragraphs, cells and characters.</summary>
    private static bool TakeBorder(string word, int number, ref RtfParagraphFormat format)
    {
        RtfSides? opened = word switch
        {
            "brdrt" => RtfSides.Top,
            "brdrl" => RtfSides.Left,
            "brdrb" => RtfSides.Bottom,
            "brdrr" => RtfSides.Right,
            "box" => RtfSides.All,

            // Between paragraphs, beside them, around characters or pages: not shown, but their words must not go to another side.
            "brdrbtw" or "brdrbar" or "chbrdr" or "pgbrdrt" or "pgbrdrl" or "pgbrdrb" or "pgbrdrr" => RtfSides.None,
            _ => null,
        };
        if (opened is not null)
        {
            format.OpenSides = opened;
            Draw(ref format, opened.Value, RtfBorder.Unstyled);
            return true;
        }

        if (word.StartsWith("clbrdr", StringComparison.Ordinal) || word.StartsWith("trbrdr", StringComparison.Ordinal))
        {
            format.OpenSides = null;
            return false;
        }

        if (format.OpenSides is not RtfSides sides || BorderAt(format, sides).With(word, number) is not RtfBorder border)
        {
            return false;
        }

        Draw(ref format, sides, border);
        return true;
    }

    private static RtfBorder BorderAt(RtfParagraphFormat format, RtfSides sides) => format.Borders[sides == RtfSides.All ? RtfSides.Top : sides];

    private static void Draw(ref RtfParagraphFormat format, RtfSides sides, RtfBorder border)
    {
        RtfBorders borders = format.Borders;
        borders.Set(sides, border);
        format.Borders = borders;
    }
}
