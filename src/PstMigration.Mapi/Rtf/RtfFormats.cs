namespace PstMigration.Mapi;

/// <summary>The formatting of a run of text. Equal formats make one run.</summary>
internal record struct RtfCharacterFormat
{
    /// <summary>RTF's default of 12 points.</summary>
    public const int DefaultHalfPoints = 24;

    public RtfCharacterFormat()
    {
    }

    public int Font { get; set; }

    public int HalfPoints { get; set; } = DefaultHalfPoints;

    public bool Bold { get; set; }

    public bool Italic { get; set; }

    public bool Underline { get; set; }

    public bool Strike { get; set; }

    public bool AllCaps { get; set; }

    public bool SmallCaps { get; set; }

    public bool Hidden { get; set; }

    /// <summary>1 superscript, -1 subscript.</summary>
    public int Raised { get; set; }

    /// <summary>Index in the colour table; 0 automatic.</summary>
    public int Color { get; set; }

    /// <summary>Index in the colour table; 0 none.</summary>
    public int Background { get; set; }

    /// <summary>Where the text leads to, or null.</summary>
    public string? Link { get; set; }

    /// <summary>Compared for every run: field by field is quicker than what the compiler would write.</summary>
    public readonly bool Equals(RtfCharacterFormat other) =>
        Font == other.Font && HalfPoints == other.HalfPoints && Color == other.Color && Background == other.Background && Raised == other.Raised
        && Bold == other.Bold && Italic == other.Italic && Underline == other.Underline && Strike == other.Strike && AllCaps == other.AllCaps
        && SmallCaps == other.SmallCaps && Hidden == other.Hidden && Link == other.Link;

    /// <inheritdoc/>
    public override readonly int GetHashCode() => (((Font * 31) + HalfPoints) * 31) + Color;
}

/// <summary>The alignment of a paragraph.</summary>
internal enum RtfAlignment
{
    Left,
    Center,
    Right,
    Justified,
}

/// <summary>The formatting of a paragraph; lengths in twips (1/20 point).</summary>
internal record struct RtfParagraphFormat
{
    /// <summary>What "automatic" space means to Word: 14 points.</summary>
    public const int AutomaticSpace = 280;

    public RtfAlignment Alignment { get; set; }

    public int Left { get; set; }

    public int Right { get; set; }

    public int FirstLine { get; set; }

    public int Before { get; set; }

    public int After { get; set; }

    public bool AutomaticBefore { get; set; }

    public bool AutomaticAfter { get; set; }

    public bool RightToLeft { get; set; }

    public int Background { get; set; }

    /// <summary>From <c>\sl</c>: 0 the font's own; else by <see cref="LineIsMultiple"/>.</summary>
    public int Line { get; set; }

    /// <summary>Whether <see cref="Line"/> counts 240ths of a line; else twips, at least that many, or exactly where it is negative.</summary>
    public bool LineIsMultiple { get; set; }

    public RtfBorders Borders { get; set; }

    /// <summary>The sides the words about lines are for; null where they are not for the paragraph.</summary>
    public RtfSides? OpenSides { get; set; }

    public int ListLevel { get; set; }

    public bool InTable { get; set; }

    /// <summary>How deep in tables, from <c>\itap</c>.</summary>
    public int? TableDepth { get; set; }
}
