namespace PstMigration.Mapi;

/// <summary>The text of RTF without formatting; lines end in CRLF, table cells in tabs.</summary>
public static class RtfToText
{
    /// <summary>Characters of output a caller takes who names no limit: 4 Mi. Text beside HTML is held in several forms at once.</summary>
    public const int DefaultMaximumLength = PropertyValue.LargestInMemory / 8;

    /// <summary>Converts. Hidden and deleted text, headers and field codes are left out; bullets and numbers of lists stay.</summary>
    public static string Convert(ReadOnlySpan<byte> rtf, int maximumLength = DefaultMaximumLength) =>
        new Reader(maximumLength).Read(rtf);

    private sealed class Reader(int maximumLength) : RtfInterpreter
    {
        private readonly RtfTextWriter _text = new(maximumLength);

        public string Read(ReadOnlySpan<byte> rtf)
        {
            Interpret(rtf);
            return _text.Finish();
        }

        protected override void OnGroupStart() => _text.BeginGroup();

        protected override void OnGroupEnd(RtfDestination destination)
        {
            _text.EndGroup(destination, Destination);
            IsStopped |= _text.IsFull;
        }

        protected override void OnDestination(string word, int? parameter) => _text.BeginDestination(word);

        protected override void OnWord(string word, int? parameter)
        {
            _text.Word(word, parameter, Destination);
            IsStopped |= _text.IsFull;
        }

        protected override void OnText(string text)
        {
            _text.Text(text, Destination);
            IsStopped |= _text.IsFull;
        }
    }
}
