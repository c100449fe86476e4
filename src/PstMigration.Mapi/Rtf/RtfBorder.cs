namespace PstMigration.Mapi;

/// <summary>The line at one side of a paragraph or a cell.</summary>
/// <param name="Style">The CSS style, or null where no line is drawn.</param>
/// <param name="Width">In twips.</param>
/// <param name="Color">Index in the colour table.</param>
/// <param name="Space">Between line and text, in twips.</param>
internal readonly record struct RtfBorder(string? Style, int Width, int Color, int Space)
{
    /// <summary>What holds where nothing is said: no style yet, 0.75 points.</summary>
    public static RtfBorder Unstyled => new(null, 15, 0, 0);

    public bool IsDrawn => Style is not null;

    /// <summary>The border with one more word said about it; null for a word about something else.</summary>
    public RtfBorder? With(string word, int number) => word switch
    {
        "brdrs" or "brdrth" or "brdrsh" or "brdrhair" or "brdrwavy" or "brdremboss" or "brdrengrave" or "brdrinset" or "brdroutset" or "brdrframe" =>
            this with { Style = "solid" },
        "brdrdb" or "brdrtriple" or "brdrwavydb" => this with { Style = "double" },
        "brdrdot" => this with { Style = "dotted" },
        "brdrnone" or "brdrnil" or "brdrtbl" => this with { Style = null },
        "brdrw" => this with { Width = Math.Max(number, 0) },
        "brdrcf" => this with { Color = number },
        "brsp" => this with { Space = Math.Max(number, 0) },
        _ when word.StartsWith("brdrdash", StringComparison.Ordinal) => this with { Style = "dashed" },

        // Lines of two or three widths: brdrtnthsg, brdrthtnmg and the like.
        _ when word.StartsWith("brdrt", StringComparison.Ordinal) => this with { Style = "double" },
        _ when word.StartsWith("brdr", StringComparison.Ordinal) => this,
        _ => null,
    };

    /// <summary>The value of a CSS border.</summary>
    public string ToCss(RtfColors colors)
    {
        // Two lines need room for both.
        int least = Style == "double" ? 45 : 10;
        return RtfBlocks.Points(Math.Min(Math.Max(Width, least), 240)) + " " + Style + " " + (colors[Color] ?? "#000000");
    }
}

/// <summary>Sides of a paragraph.</summary>
[Flags]
internal enum RtfSides
{
    None = 0,
    Top = 1,
    Left = 2,
    Bottom = 4,
    Right = 8,
    All = Top | Left | Bottom | Right,
}

/// <summary>The lines around a paragraph.</summary>
internal record struct RtfBorders
{
    private RtfBorder _top;
    private RtfBorder _left;
    private RtfBorder _bottom;
    private RtfBorder _right;

    public readonly bool IsDrawn => _top.IsDrawn || _left.IsDrawn || _bottom.IsDrawn || _right.IsDrawn;

    public readonly RtfBorder this[RtfSides side] => side switch
    {
        RtfSides.Top => _top,
        RtfSides.Left => _left,
        RtfSides.Bottom => _bottom,
        _ => _right,
    };

    public void Set(RtfSides sides, RtfBorder border)
    {
        _top = (sides & RtfSides.Top) != 0 ? border : _top;
        _left = (sides & RtfSides.Left) != 0 ? border : _left;
        _bottom = (sides & RtfSides.Bottom) != 0 ? border : _bottom;
        _right = (sides & RtfSides.Right) != 0 ? border : _right;
    }
}
