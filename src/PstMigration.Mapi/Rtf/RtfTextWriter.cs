using System.Globalization;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// Writes the text of RTF as its interpreter tells it: lines end in CRLF, table cells in tabs, notes stand at the end. Hidden and deleted text,
/// headers and field codes are left out; bullets and numbers of lists stay.
/// </summary>
internal sealed class RtfTextWriter(int maximumLength)
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _notes = new();
    private readonly Stack<State> _outer = new();
    private State _state;
    private int _noteCount;

    /// <summary>Whether there is as much text as is allowed; what follows is left out.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The text.</summary>
    public string Finish()
    {
        if (_notes.Length > 0 && _output.Length > 0 && _output[_output.Length - 1] != '\n')
        {
            _output.Append("\r\n");
        }

        return _output.Append(_notes).ToString();
    }

    public void BeginGroup()
    {
        _outer.Push(_state);
        _state.BeginsNote = _state.BeginsField = false;
    }

    /// <summary>Ends a group of <paramref name="ended"/>, in what is of <paramref name="destination"/>.</summary>
    public void EndGroup(RtfDestination ended, RtfDestination destination)
    {
        if (ended == RtfDestination.FieldInstruction)
        {
            _state.Field?.EndInstruction();
        }
        else if (_state.BeginsField && _output.Length + _notes.Length == _state.Length && _state.Field?.Text is RtfFieldText shown)
        {
            Text(shown.Text, destination);
        }
        else if (_state.BeginsNote && !EndsLine(_notes))
        {
            Text("\r\n", destination);
        }

        _state = _outer.Pop();
    }

    public void BeginDestination(string word)
    {
        if (word == "footnote" && !_state.IsNote)
        {
            _state = new State { IsNote = true, BeginsNote = true };
            _noteCount++;
        }
    }

    public void Word(string word, int? parameter, RtfDestination destination)
    {
        switch (word)
        {
            case "v":
                _state.IsHidden = parameter is not 0;
                break;
            case "deleted":
                _state.IsDeleted = parameter is not 0;
                break;
            case "plain":
                _state.IsHidden = _state.IsDeleted = false;
                break;
            case "par" or "line" or "sect" or "page" or "row" or "nestrow":
                Text("\r\n", destination);
                break;
            case "field":
                _state.Field = new RtfField();
                _state.BeginsField = true;
                _state.Length = _output.Length + _notes.Length;
                break;
            case "chftn":
                Text("[" + (_state.IsNote ? _noteCount : _noteCount + 1).ToString(CultureInfo.InvariantCulture) + "]", destination);
                break;
            case "cell" or "nestcell":
                Text("\t", destination);
                break;
            default:
                break;
        }
    }

    public void Text(string text, RtfDestination destination)
    {
        if (destination == RtfDestination.FieldInstruction)
        {
            _state.Field?.TakeText(text);
        }

        if (destination is not (RtfDestination.Body or RtfDestination.ListText) || _state.IsHidden || _state.IsDeleted)
        {
            return;
        }

        int room = maximumLength - _output.Length - _notes.Length;
        (_state.IsNote ? _notes : _output).Append(text, 0, Math.Min(room, text.Length));
        IsFull = text.Length >= room;
    }

    private static bool EndsLine(StringBuilder text) => text.Length == 0 || text[text.Length - 1] == '\n';

    private struct State
    {
        public bool IsHidden;
        public bool IsDeleted;
        public bool IsNote;

        /// <summary>The group itself is that of a note.</summary>
        public bool BeginsNote;

        /// <summary>The group itself is that of a field; how much was written before it.</summary>
        public bool BeginsField;
        public int Length;
        public RtfField? Field;
    }
}
