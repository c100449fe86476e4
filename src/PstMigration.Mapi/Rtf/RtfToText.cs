using System;
using System.Collections.Generic;
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
        private readonly Stack<(bool Hidden, bool Deleted)> _outer = new();
        private (bool Hidden, bool Deleted) _format;

        public string Read(ReadOnlySpan<byte> rtf)
        {
            Interpret(rtf);
            return _output.ToString();
        }

        protected override void OnGroupStart() => _outer.Push(_format);

        protected override void OnGroupEnd(RtfDestination destination) => _format = _outer.Pop();

        protected override void OnWord(string word, int? parameter)
        {
            switch (word)
            {
                case "v":
                    _format.Hidden = parameter is not 0;
                    break;
                case "deleted":
                    _format.Deleted = parameter is not 0;
                    break;
                case "plain":
                    _format = default;
                    break;
                case "par" or "line" or "sect" or "page" or "row" or "nestrow":
                    OnText("\r\n");
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
            if (Destination is not (RtfDestination.Body or RtfDestination.ListText) || _format.Hidden || _format.Deleted)
            {
                return;
            }

            int room = maximumLength - _output.Length;
            _output.Append(text, 0, Math.Min(room, text.Length));
            IsStopped = text.Length >= room;
        }
    }
}
