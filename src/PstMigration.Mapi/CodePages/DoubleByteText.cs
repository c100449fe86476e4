namespace PstMigration.Mapi;

/// <summary>
/// Tells the double-byte code pages of Japanese, Chinese and Korean apart by how much of a text is what people of the language write
/// every day.
/// </summary>
internal static class DoubleByteText
{
    private const int Gbk = 936;
    private const int Korean = 949;
    private const int Big5 = 950;
    private const double MinCommonShare = 0.7;
    private const double MinKanaShare = 0.1;

    // Names of people, places and files are often kanji alone. The second byte of a kanji of Shift_JIS is a high one in two of three; what stands behind a
    // quotation mark or an accented letter of other code pages is mostly ASCII.
    private const int MinKanji = 2;
    private const double MinHighTrailShare = 1.0 / 3;

    // Rows of everyday characters: lead bytes of JIS level 1 and kana, GB 2312 level 1, Big5 level 1, Hangul.
    private static readonly Candidate[] s_candidates =
    [
        new(CodePages.ShiftJis, static b => b is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC), static t => t is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFC), static b => b is >= 0x81 and <= 0x98),
        new(CodePages.EucJp, static b => b is >= 0xA1 and <= 0xFE, static t => t is >= 0xA1 and <= 0xFE, static b => b is (>= 0xA1 and <= 0xA5) or (>= 0xB0 and <= 0xCF)),
        new(Korean, static b => b is >= 0x81 and <= 0xFE, static t => t is (>= 0x41 and <= 0x5A) or (>= 0x61 and <= 0x7A) or (>= 0x81 and <= 0xFE), static b => b is 0xA1 or (>= 0xB0 and <= 0xC8)),
        new(Gbk, static b => b is >= 0x81 and <= 0xFE, static t => t is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFE), static b => b is (>= 0xA1 and <= 0xA3) or (>= 0xB0 and <= 0xD7)),
        new(Big5, static b => b is >= 0x81 and <= 0xFE, static t => t is (>= 0x40 and <= 0x7E) or (>= 0xA1 and <= 0xFE), static b => b is >= 0xA1 and <= 0xC6),
    ];

    /// <summary>The code page that fits best; null where none does.</summary>
    public static int? Detect(ReadOnlySpan<byte> sample)
    {
        int? best = null;
        double bestScore = MinCommonShare;
        foreach (Candidate candidate in s_candidates)
        {
            double score = candidate.Score(sample, out double kanaShare, out bool isKanji);
            bool isJapanese = candidate.CodePage is CodePages.ShiftJis or CodePages.EucJp;

            // EUC-JP, GBK and EUC-KR share most of their bytes; kana tells Japanese from the others. Shift_JIS has its kanji where they have none.
            if (score > bestScore && (!isJapanese || kanaShare >= MinKanaShare || (isKanji && candidate.CodePage == CodePages.ShiftJis)))
            {
                bestScore = score;
                best = candidate.CodePage;
            }
        }

        return best;
    }

    private sealed record Candidate(int CodePage, Func<byte, bool> IsLead, Func<byte, bool> IsTrail, Func<byte, bool> IsCommon)
    {
        /// <summary>The share of everyday characters among all that are not ASCII; 0 where the bytes do not form characters.</summary>
        public double Score(ReadOnlySpan<byte> sample, out double kanaShare, out bool isKanji)
        {
            bool isShiftJis = CodePage == CodePages.ShiftJis;
            int total = 0;
            int common = 0;
            int kana = 0;
            int highTrails = 0;
            for (int i = 0; i < sample.Length; i++)
            {
                // Half-width kana are one byte each; they say nothing for or against.
                if (sample[i] < 0x80 || (isShiftJis && sample[i] is >= 0xA1 and <= 0xDF))
                {
                    continue;
                }

                total++;
                if (IsLead(sample[i]) && i + 1 < sample.Length && IsTrail(sample[i + 1]))
                {
                    common += IsCommon(sample[i]) ? 1 : 0;
                    kana += sample[i] == (isShiftJis ? 0x82 : 0xA4) || sample[i] == (isShiftJis ? 0x83 : 0xA5) ? 1 : 0;
                    highTrails += sample[i + 1] >= 0x80 ? 1 : 0;
                    i++;
                }
            }

            kanaShare = total == 0 ? 0 : (double)kana / total;
            isKanji = common >= MinKanji && highTrails >= total * MinHighTrailShare;
            return total == 0 ? 0 : (double)common / total;
        }
    }
}
