// Numbers of products in sentences: what goes in, what comes out, and what must not be read. The
// texts are written after genuine ones, with other firms, products and numbers.

#include "tests/unit/mapping/text_rows.h"

namespace recall::mapping {

BOOST_AUTO_TEST_SUITE(identifiers_in_sentences)

BOOST_AUTO_TEST_CASE(models_are_read_from_lists_and_tables) {
    const Row rows[] = {
        {"This recall involves ride-on trucks, model number DLX-K03. They are red.", "DLX-K03"},
        {"bed rails, model BQ-01. The rail", "BQ-01"},
        {"with model numbers 3679, 4677 and 4679. Model number 3679 is a 10-light pendant",
         "3679|4677|4679"},
        {"The following model numbers are included in this recall and can be found on the box: "
         "530-0024, 530-0024G, 530-0034.",
         "530-0024|530-0024G|530-0034"},
        {"Models SLQ15 and SLQ18 are included", "SLQ15|SLQ18"},
        {"\"Model No: 901,\" \"SKU: GEQA030\" and \"Date of Production: May 2025\" are printed",
         "901|GEQA030"},
        {"Model \"HX-DS-017\" is printed on the packaging.", "HX-DS-017"},
        {"SKU numbers FTQ-0161, FTQ-0162 or SKU FTQ-0465 is printed", "FTQ-0161|FTQ-0162|FTQ-0465"},
        {"Item number \"Qx012\" is printed", "Qx012"},
        {"the Sample Item Number is 1879870.", "1879870"},
        {"(Style 45541) Plush Toys", "45541"},
        {"Styles include BQ1105 (Sugar Berry), BQ1106 (Tartan), BQ1107(Frost) and BQ1108 (Prowl). "
         "The size",
         "BQ1105|BQ1106|BQ1107|BQ1108"},
        {"with part numbers ZQ0182, ZQ0182S and ZQ0192.", "ZQ0182|ZQ0182S|ZQ0192"},
        {"models CQP-03, CQC-02, CQV and CQM-02.", "CQP-03|CQC-02|CQV|CQM-02"},
        {"the model number \"166700 CQ\" is printed on the base", "166700 CQ"},
        {"Sights (Model HQ503G) and Sight (Model HQ512C)", "HQ503G|HQ512C"},
        {"safe has the model number 179498 and 18-Gun Safe has the model number 179499.",
         "179498|179499"},
        {"1. Model Number (REF): 781271. 2. Model Number (REF): 782105.", "781271|782105"},
        {"Model/Catalog Number: CQ-110; CQ-120; CQ-130 Software Version: 3.1",
         "CQ-110|CQ-120|CQ-130"},
        {"Madeleines, Item #2000012, UPC 036000291452.", "2000012"},
        {"Tablets, NDC# 68645-610-90.", "68645-610-90"},
        {"mower models Rebell BRQ54FX850, Rebell BRQ6135KA and Rogue BRG5435KA; under the brand",
         "BRQ54FX850|BRQ6135KA|BRG5435KA"},
        {"The model TRUSPEED Belay TBQD150-20 and serial number are on a label", "TBQD150-20"},
        {"model BQ-01, Serial SN12345", "BQ-01"},
        {"IV Start Kit, Model/Catalog Number: 3131", "3131"},
        {"\"Model: KQBI-0176 G062401IC\" are printed", "KQBI-0176 G062401IC"},
        {"\"Model: PQ 550\" is printed", "PQ 550"},
        {"with SKU Number as 1DFQ42.", "1DFQ42"},
        {"numbers: Unit Type Model Numbers Walk-Behind Blower LQ16020DEN LQ16020DMNR",
         "LQ16020DEN|LQ16020DMNR"},
        {"with model number EVQS - M0859, a serial number", "EVQS - M0859"},
        {"Model Numbers: TSQM17CA, TSQM48TA tsqm17fa, tsqm17fv",
         "TSQM17CA|TSQM48TA|tsqm17fa|tsqm17fv"},
        // Tables that were flattened.
        {"models listed. Product Number/SKU Product Description BQB32 My Swing CQF38 My Chair "
         "V0099 My Cradle",
         "BQB32|CQF38|V0099"},
        {"recall. Model No. Brush Description Distribution Dates 530-0024 Brush 2015-2026 530-0034 "
         "Scraper 2022-2026",
         "530-0024|530-0034"},
        {"Model Number Serial Numbers MQB008 GK2309880, GK2309899 MQB9000 GK2310154",
         "MQB008|MQB9000"},
        {"included. Models DQL6000M and DQL6000P have a ring. Numbers: GK2309880, GK2309881",
         "DQL6000M|DQL6000P"},
        {"in the box. Item # Description UPC 25069 Gel Set 036000291452 25070 Bracelets "
         "036000291469",
         "25069|25070"},
    };
    check("identifiers(models)", rows);
}

BOOST_AUTO_TEST_CASE(what_is_no_model_number_is_left) {
    const Row rows[] = {
        {"if the model number is \"EFQIS129-B\" or EFQIS129-C, it is not included in this recall.",
         ""},
        {"Mesh Style Tip Protectors CSQ-03-2.0", ""},
        {"model year 2022-2024 vehicles", ""},
        {"Model year 2025 Ranger", ""},
        {"model 2022 vehicles", ""},
        {"all models 48 inches and taller", ""},
        {"The model number and date code are on a label on the 12-inch base.", ""},
        {"10 models of kits and 3 refill packs", ""},
        {"the item comes in 24 pieces; item 2 of 3", ""},
        {"part of a 12-piece set", ""},
        {"style in sizes 2T, 3T and 4T", ""},
        {"model name appears on the 50lb bag", ""},
        {"", ""},
    };
    check("identifiers(models)", rows);
}

BOOST_AUTO_TEST_CASE(serial_numbers_and_their_ranges_are_read) {
    const Row rows[] = {
        {"the serial number \"LQW202103\" is printed", "LQW202103"},
        {"Serial Numbers: SN1001, SN1002 and SN1003", "SN1001|SN1002|SN1003"},
        {"within the serial number range: TQ00098 through TQ01180.", "TQ00098 - TQ01180"},
        {"have the following serial range: SQC20212 through SQC20224.", "SQC20212 - SQC20224"},
        {"The following serial number ranges are included: SW190035 - SW190038 SW190070 - SW190072",
         "SW190035 - SW190038|SW190070 - SW190072"},
        {"serial numbers from A1001 to A1999", "A1001 - A1999"},
        {"serial numbers between 120034 and 120099", "120034 - 120099"},
        {"serial numbers ranging from 5538278 through 5920722; and model", "5538278 - 5920722"},
        {"MODEL NAME MODEL NUMBER SERIAL NUMBER T1qe TQ522 TQ5221803xxx T3q TQ523 TQ5231906xxx",
         ""},
        {"S/N 4500123, 4500124", "4500123|4500124"},
        {"Serial No. 81-2233.", "81-2233"},
        {"Serial # 99120034", "99120034"},
        {"MODEL NUMBER SERIAL NUMBER RANGE 4YQZ5024F1 24061381FA - 24453189FA 4YQZ5036F1 "
         "24013024FA "
         "- 24482966FA",
         "24061381FA - 24453189FA|24013024FA - 24482966FA"},
        {"Model Affected Serial Numbers Redsample 12-Gun Safe G02QXXXXXXX G03QXXXXXXX",
         "G02QXXXXXXX|G03QXXXXXXX"},
        {"included: SW190262061 - SW190264301 and serial ranges: SW1900 - SW1999 SVA200120 - "
         "SVA200177",
         "SW1900 - SW1999|SVA200120 - SVA200177"},
        {"Model Number Serial Number Range Sample 552 Adjustable Weights 00182M243902 - "
         "00182M243999 "
         "00182MAG22020 - 00182MAG22120",
         "00182M243902 - 00182M243999|00182MAG22020 - 00182MAG22120"},
        {"Model Start Serial Number End Serial Number ZQ720E 1TQ720E0100 1TQ720E0806", ""},
        // Parts of numbers, and none.
        {"a serial number starting with \"M2\" are included", ""},
        {"a serial number beginning with a \"W,\" and a date code", ""},
        {"serial numbers that begin with J0D, J0E, and J2D.", ""},
        {"a serial number that contains a serial prefix of FC32 or FC33", ""},
        {"Model Range of Last 5 Serial Numbers RTQ520 10004-25434", ""},
        {"The serial number is located on the 4th rail", ""},
        {"serial production began in 2019", ""},
        {"Example Serial Numbers CXC-02", ""},
        {"Model (Serial Prefix) Example Serial Numbers CQC-02 (FC32) FC32210900001 CQM-02", ""},
        {"", ""},
    };
    check("identifiers(serials)", rows);
}

BOOST_AUTO_TEST_CASE(lots_and_date_codes_are_read) {
    const Row rows[] = {
        {"UPC No. 036000291452; Lot No. 30661601, Exp. Date 05/2018.", "30661601"},
        {"Lot #12-194, expiration date 12/2014", "12-194"},
        {"Lots: 12-194, 12-195 and 12-196, best by 2028", "12-194|12-195|12-196"},
        {"Batch # HQ4021, HQ4022; Exp. 08/2027", "HQ4021|HQ4022"},
        {"with lot code A0122024 and sell by date 11/05/2024", "A0122024"},
        {"with lot code “23342-2” and use-by date", "23342-2"},
        {"with lot code 117 and establishment number \"EST. 8\"", "117"},
        {"with lot codes 0093, 0654, and 3483, • 16-oz. chubs", "0093|0654|3483"},
        {"\"Production Batch: 7654\" is printed", "7654"},
        {"batch number \"ZQ-FBA25052\" are printed", "ZQ-FBA25052"},
        {"with batch numbers PQ2106C01 and PQ2301C01.", "PQ2106C01|PQ2301C01"},
        {"date codes, in YYYYMM format, from 202409 to 202501. The", "202409 - 202501"},
        {"a date code of either \"06-23\" or \"07-23.\"", "06-23|07-23"},
        {"with date code 1945. The date code is printed", "1945"},
        {"with manufacturing codes VQJJ22 and VQJC23.", "VQJJ22|VQJC23"},
        {"CASA BLANCA with case code JQ0001 containing", "JQ0001"},
        {"Tea; UPC 0 36000 29145 2, Lot# 77A", "77A"},
        {"packages, lots 12-A, 12-B and “USE BY” 6/25/26.", "12-A|12-B"},
        {"Lot: ED1. Keep at 25 degrees", "ED1"},
        {"lot codes “03.07.25.C1-1” and “03.07.25.C1-2” printed", "03.07.25.C1-1|03.07.25.C1-2"},
        // What is no lot.
        {"All lot codes", ""},
        {"a lot of 20 people", ""},
        {"parking lot; allotment 5; slots 7", ""},
        {"a batch number ending in 3465 or 3585", ""},
        {"\"Production Date: 202503\" are printed", ""},
        {"Model/Item # UPC Description Date Code TRQ113 8-49398-06563-1 Kit", ""},
        {"use-by date 12/8/25", ""},
        {"Date codes are a 4-digit number WWYY", ""},
        {"in case 12 pieces break", ""},
        {"", ""},
    };
    check("identifiers(batches)", rows);
}

BOOST_AUTO_TEST_CASE(bar_codes_in_sentences_are_read_where_they_are_right) {
    const Row rows[] = {
        {"The UPC is 036000291452 and the item", "00036000291452"},
        {"UPC 0 36000 29145 2, packed", "00036000291452"},
        {"UPC 0-36000-29145-2", "00036000291452"},
        {"UPC: 036000291452 Item: 102284", "00036000291452"},
        {"UPC (on can): 036000291452, UPC (on carton): 036000291469",
         "00036000291452|00036000291469"},
        {"UPC codes 036000291452 and 036000291469.", "00036000291452|00036000291469"},
        {"UPC 0 36000 29145 2, 0 36000 29146 9", "00036000291452|00036000291469"},
        {"UPC# 36000291452", "00036000291452"},  // the zero that was lost
        {"EAN 4006381333931", "04006381333931"},
        {"UPC 0 00 72714 00543 5. Manufactured", "00072714005435"},
        {"Item # Description UPC 25069 Gel 036000291452 25070 Box 036000291469",
         "00036000291452|00036000291469"},
        // Wrong check digits, other numbers, none.
        {"UPC 036000291453", ""},
        {"UPC 7003865782, 4/case", ""},
        {"UPC: NA", ""},
        {"call 036000291452 now", ""},
        {"UPC on the label; lot 036000291452", ""},
        {"", ""},
    };
    check("identifiers(gtins)", rows);
    std::size_t problems = 0;
    converted("identifiers(gtins)", "UPC 036000291453", problems);
    BOOST_TEST(problems == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
