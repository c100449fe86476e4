using System.Globalization;

namespace PstMigration.Mapi;

/// <summary>The colour table of a document.</summary>
internal sealed class RtfColors
{
    private const int MaximumColors = 4096;
    private readonly List<string?> _colors = [];
    private int _red;
    private int _green;
    private int _blue;
    private bool _isSet;

    /// <summary>The colour as #rrggbb, or null for the automatic colour and an index out of range.</summary>
    public string? this[int index] => index > 0 && index < _colors.Count ? _colors[index] : null;

    public void SetPart(string part, int value)
    {
        int clamped = value < 0 ? 0 : value > 255 ? 255 : value;
        _isSet = true;
        switch (part)
        {
            case "red":
                _red = clamped;
                break;
            case "green":
                _green = clamped;
                break;
            case "blue":
                _blue = clamped;
                break;
            default:
                break;
        }
    }

    /// <summary>Takes the table's text: each semicolon ends an entry.</summary>
    public void TakeText(string text)
    {
        foreach (char c in text)
        {
            if (c == ';' && _colors.Count < MaximumColors)
            {
                _colors.Add(_isSet ? string.Format(CultureInfo.InvariantCulture, "#{0:x2}{1:x2}{2:x2}", _red, _green, _blue) : null);
                _red = _green = _blue = 0;
                _isSet = false;
            }
        }
    }
}
