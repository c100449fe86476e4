using System;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// Guesses the code page of a sample of 8-bit text: UTF-8, ISO-2022-JP, the double-byte code pages of Japanese, Chinese and Korean,
/// and Cyrillic. What is left is taken for Western European by the caller.
/// </summary>
internal static class CodePageDetector
{
    private const int Iso2022Jp = 50220;
    private const int ShiftJis = 932;
    private const int EucJp = 51932;
    private const int Gbk = 936;
    private const int Korean = 949;
    private const int Big5 = 950;
    private const int Cyrillic = 1251;

    // How much of the double-byte text has to be what people of the language write every day.
    private const double MinCommonShare = 0.7;
    private const double MinKanaShare = 0.1;
    private const double MinCyrillicShare = 0.8;

    private static readonly Encoding s_strictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    // Rows of everyday characters: lead bytes of JIS level 1 and kana, GB 2312 level 1, Big5 level 1, Hangul.
    private static readonly DoubleByteCandidate[] s_candidates =
    [
        new(ShiftJis, static b => b is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC), static t => t is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFC), static b => b is >= 0x81 and <= 0x98),
        new(EucJp, static b => b is >= 0xA1 and <= 0xFE, static t => t is >= 0xA1 and <= 0xFE, static b => b is (>= 0xA1 and <= 0xA5) or (>= 0xB0 and <= 0xCF)),
        new(Korean, static b => b is >= 0x81 and <= 0xFE, static t => t is (>= 0x41 and <= 0x5A) or (>= 0x61 and <= 0x7A) or (>= 0x81 and <= 0xFE), static b => b is 0xA1 or (>= 0xB0 and <= 0xC8)),
        new(Gbk, static b => b is >= 0x81 and <= 0xFE, static t => t is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFE), static b => b is (>= 0xA1 and <= 0xA3) or (>= 0xB0 and <= 0xD7)),
        new(Big5, static b => b is >= 0x81 and <= 0xFE, static t => t is (>= 0x40 and <= 0x7E) or (>= 0xA1 and <= 0xFE), static b => b is >= 0xA1 and <= 0xC6),
    ];

    /// <summary>The code page, or null where the sample does not tell.</summary>
    public static int? Detect(byte[] sample)
    {
        int high = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            high += sample[i] >= 0x80 ? 1 : 0;
            if (sample[i] == 0x1B && i + 1 < sample.Length && sample[i + 1] == (byte)'$')
            {
                return Iso2022Jp;
            }
        }

        return high == 0 ? null
            : IsUtf8(sample) ? CodePages.Utf8
            : DetectDoubleByte(sample) ?? (IsCyrillic(sample, high) ? Cyrillic : null);
    }

    private static bool IsUtf8(byte[] sample)
    {
        try
        {
            s_strictUtf8.GetCharCount(sample);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static int? DetectDoubleByte(byte[] sample)
    {
        int? best = null;
        double bestScore = MinCommonShare;
        foreach (DoubleByteCandidate candidate in s_candidates)
        {
            double score = candidate.Score(sample, out double kanaShare);
            bool isJapanese = candidate.CodePage is ShiftJis or EucJp;
            // EUC-JP, GBK and EUC-KR share most of their bytes; kana tells Japanese from the others.
            if (score > bestScore && (!isJapanese || kanaShare >= MinKanaShare))
            {
                bestScore = score;
                best = candidate.CodePage;
            }
        }

        return best;
    }

    // Russian words are runs of letters from 0xC0 up; accented letters elsewhere stand alone between ASCII.
    private static bool IsCyrillic(byte[] sample, int high)
    {
        int inRuns = 0;
        for (int i = 1; i < sample.Length; i++)
        {
            inRuns += sample[i] >= 0xC0 && sample[i - 1] >= 0xC0 ? 1 : 0;
        }

        return inRuns > high * MinCyrillicShare;
    }

    private sealed record DoubleByteCandidate(int CodePage, Func<byte, bool> IsLead, Func<byte, bool> IsTrail, Func<byte, bool> IsCommon)
    {
        /// <summary>The share of everyday characters among all that are not ASCII; 0 where the bytes do not form characters.</summary>
        public double Score(byte[] sample, out double kanaShare)
        {
            int total = 0;
            int common = 0;
            int kana = 0;
            for (int i = 0; i < sample.Length; i++)
            {
                if (sample[i] < 0x80)
                {
                    continue;
                }

                total++;
                if (IsLead(sample[i]) && i + 1 < sample.Length && IsTrail(sample[i + 1]))
                {
                    common += IsCommon(sample[i]) ? 1 : 0;
                    kana += sample[i] == (CodePage == ShiftJis ? 0x82 : 0xA4) || sample[i] == (CodePage == ShiftJis ? 0x83 : 0xA5) ? 1 : 0;
                    i++;
                }
            }

            kanaShare = total == 0 ? 0 : (double)kana / total;
            return total == 0 ? 0 : (double)common / total;
        }
    }
}
