namespace PstMigration.Mapi;

/// <summary>A sticky note ([MS-OXONOTE]). Its text is its body.</summary>
public sealed record StickyNoteDetails : ItemDetails
{
    private static readonly PropertyName s_color = new(PropertySets.Note, 0x8B00);
    private static readonly PropertyName s_width = new(PropertySets.Note, 0x8B02);
    private static readonly PropertyName s_height = new(PropertySets.Note, 0x8B03);
    private static readonly PropertyName s_left = new(PropertySets.Note, 0x8B04);
    private static readonly PropertyName s_top = new(PropertySets.Note, 0x8B05);

    internal StickyNoteDetails(MapiItem item)
        : base(item)
    {
        PropertyBag p = item.Properties;
        Color = (StickyNoteColor)(p.GetInt32(s_color) ?? (int)StickyNoteColor.Yellow);
        Text = BodyText.ReadPlainText(item);
        Width = p.GetInt32(s_width);
        Height = p.GetInt32(s_height);
        Left = p.GetInt32(s_left);
        Top = p.GetInt32(s_top);
    }

    /// <summary>Its colour; yellow where none is stored.</summary>
    public StickyNoteColor Color { get; }

    /// <summary>What is on it.</summary>
    public string Text { get; }

    /// <summary>Pixels of its window.</summary>
    public int? Width { get; }

    /// <summary>Pixels of its window.</summary>
    public int? Height { get; }

    /// <summary>Pixels from the left of the screen.</summary>
    public int? Left { get; }

    /// <summary>Pixels from the top of the screen.</summary>
    public int? Top { get; }
}
