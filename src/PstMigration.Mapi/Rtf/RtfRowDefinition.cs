namespace PstMigration.Mapi;

/// <summary>What <c>\trowd</c> and the words after it say of a row; lengths in twips.</summary>
internal sealed class RtfRowDefinition
{
    private const int MaximumCells = 256;
    private static readonly string[] s_sides = ["top", "left", "bottom", "right"];
    private RtfCellDefinition _next = new();
    private string? _side;
    private RtfBorder _border = RtfBorder.Unstyled;

    public int Left { get; private set; }

    public int Gap { get; private set; } = 108;

    public List<RtfCellDefinition> Cells { get; } = [];

    /// <summary>Takes a word; false for one that is not about rows.</summary>
    public bool Take(string word, int number)
    {
        switch (word)
        {
            case "trleft":
                Left = number;
                return true;
            case "trgaph":
                Gap = number < 0 ? 0 : number;
                return true;
            case "cellx":
                EndBorder();
                _next.Right = number;
                if (Cells.Count < MaximumCells)
                {
                    Cells.Add(_next);
                }

                _next = new RtfCellDefinition();
                return true;
            case "clmgf":
                _next.StartsHorizontalMerge = true;
                return true;
            case "clmrg":
                _next.ContinuesHorizontalMerge = true;
                return true;
            case "clvmgf":
                _next.StartsVerticalMerge = true;
                return true;
            case "clvmrg":
                _next.ContinuesVerticalMerge = true;
                return true;
            case "clvertalc":
                _next.VerticalAlign = "middle";
                return true;
            case "clvertalb":
                _next.VerticalAlign = "bottom";
                return true;
            case "clcbpat":
                _next.Background = number;
                return true;
            default:
                return TakeBorder(word, number);
        }
    }

    private bool TakeBorder(string word, int number)
    {
        switch (word)
        {
            case "clbrdrt" or "clbrdrl" or "clbrdrb" or "clbrdrr":
                EndBorder();
                _side = s_sides["tlbr".IndexOf(word[^1])];
                return true;
            case "trbrdrt" or "trbrdrl" or "trbrdrb" or "trbrdrr" or "trbrdrh" or "trbrdrv":
                EndBorder();
                return true;
            default:
                if (_border.With(word, number) is not RtfBorder border)
                {
                    return false;
                }

                _border = border;
                return true;
        }
    }

    private void EndBorder()
    {
        if (_side is not null && _border.IsDrawn)
        {
            _next.Borders[_side] = _border;
        }

        _side = null;
        _border = RtfBorder.Unstyled;
    }
}

/// <summary>What a row's definition says of one cell; lengths in twips.</summary>
internal sealed class RtfCellDefinition
{
    public int Right { get; set; }

    public bool StartsHorizontalMerge { get; set; }

    public bool ContinuesHorizontalMerge { get; set; }

    public bool StartsVerticalMerge { get; set; }

    public bool ContinuesVerticalMerge { get; set; }

    public string VerticalAlign { get; set; } = "top";

    /// <summary>Index in the colour table.</summary>
    public int Background { get; set; }

    /// <summary>By side of the cell.</summary>
    public Dictionary<string, RtfBorder> Borders { get; } = [];
}
