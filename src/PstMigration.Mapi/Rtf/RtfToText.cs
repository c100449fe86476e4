using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>The text of RTF without formatting; lines end in CRLF, table cells in tabs.</summary>
public static class RtfToText
{
    /// <summary>Converts. Hidden and deleted text, headers and field codes are left out; bullets and numbers of lists stay.</summary>
    public static string Convert(ReadOnlySpan<byte> rtf, int maximumLength = RtfDecapsulator.DefaultMaximumLength) =>
        new Reader(maximumLength).Read(rtf);

    private sealed class Reader(int maximumLength) : RtfInterpreter
    {
        private readonly StringBuilder _output = new();
        private readonly StringBuilder _notes = new();
        private readonly Stack<State> _outer = new();
        private State _state;
        private int _noteCount;

        public string Read(ReadOnlySpan<byte> rtf)
        {
            Interpret(rtf);
            if (_notes.Length > 0 && _output.Length > 0 && _output[_output.Length - 1] != '\n')
            {
                _output.Append("\r\n");
            }

            return _output.Append(_notes).ToString();
        }

        protected override void OnGroupStart()
        {
            _outer.Push(_state);
            _state.BeginsNote = _state.BeginsField = false;
        }

        protected override void OnGroupEnd(RtfDestination destination)
        {
            if (destination == RtfDestination.FieldInstruction)
            {
                _state.Field?.EndInstruction();
            }
            else if (_state.BeginsField && _output.Length + _notes.Length == _state.Length && _state.Field?.Text is RtfFieldText shown)
            {
                OnText(shown.Text);
            }
            else if (_state.BeginsNote && !EndsLine(_notes))
            {
                OnText("\r\n");
            }

            _state = _outer.Pop();
        }

        protected override void OnDestination(string word, int? parameter)
        {
            if (word == "footnote" && !_state.IsNote)
            {
                _state = new State { IsNote = true, BeginsNote = true };
                _noteCount++;
            }
        }

        protected override void OnWord(string word, int? parameter)
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
                    OnText("\r\n");
                    break;
                case "field":
                    _state.Field = new RtfField();
                    _state.BeginsField = true;
                    _state.Length = _output.Length + _notes.Length;
                    break;
                case "chftn":
                    OnText("[" + (_state.IsNote ? _noteCount : _noteCount + 1).ToString(CultureInfo.InvariantCulture) + "]");
                    break;
                case "cell" or "nestcell":
                    OnText("\t");
                    break;
                default:
                    break;
            }
        }

        protected override void OnText(string text)
        {
            if (Destination == RtfDestination.FieldInstruction)
            {
                _state.Field?.TakeText(text);
            }

            if (Destination is not (RtfDestination.Body or RtfDestination.ListText) || _state.IsHidden || _state.IsDeleted)
            {
                return;
            }

            int room = maximumLength - _output.Length - _notes.Length;
            (_state.IsNote ? _notes : _output).Append(text, 0, Math.Min(room, text.Length));
            IsStopped = text.Length >= room;
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
}
